/** Who wants to deliver to what: S3 to a function, say. */
export interface TargetQuestion {
  /** ARN of the function, queue or topic. */
  readonly targetArn: string
  /** e.g. `s3.amazonaws.com` */
  readonly principal: string
  readonly sourceArn: string
  readonly sourceAccount: string
}

/** Whether a delivery would be accepted. */
export type TargetAnswer =
  | { readonly accepts: true }
  | { readonly accepts: false; readonly reason: 'absent' | 'forbidden' }

/** A principal's policies, as JSON documents. */
export interface PrincipalPolicies {
  readonly identityPolicies: readonly string[]
  readonly permissionsBoundary?: string
}

/** Whether a role exists and lets a service act as it. */
export interface RoleQuestion {
  readonly roleArn: string
  /** e.g. `lambda.amazonaws.com` */
  readonly principal: string
}

/** What one service may ask of the others, by name; each is answered by the service that knows. */
export interface Questions {
  'target:accepts': { question: TargetQuestion; answer: TargetAnswer }
  /** `arn`: of a role, an assumed role's session or a user. Answered by IAM; no answer when it does not exist. */
  'iam:policiesOf': { question: { readonly arn: string }; answer: PrincipalPolicies }
  'iam:canAssume': { question: RoleQuestion; answer: boolean }
  /** ARN of the user whose permanent access key this is. */
  'iam:ownerOfKey': {
    question: { readonly accessKeyId: string }
    answer: { readonly arn: string; readonly userId: string }
  }
}
