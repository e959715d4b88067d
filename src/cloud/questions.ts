import type { ResponseBody } from '../wire/body.ts'

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
  /** ARN of the user, or of the role behind a session. */
  readonly principalArn: string
  readonly tags: Readonly<Record<string, string>>
}

/** What others may know of a role. */
export interface RoleFacts {
  readonly arn: string
  /** Unique id, `AROA…`. */
  readonly id: string
  /** Who may act as it, as a JSON document. */
  readonly trustPolicy: string
  readonly maxSessionSeconds: number
}

/** Whether a role exists and lets a service act as it. */
export interface RoleQuestion {
  readonly roleArn: string
  /** e.g. `lambda.amazonaws.com` */
  readonly principal: string
}

/** An object whose bytes another service needs. */
export interface ObjectQuestion {
  readonly accountId: string
  /** The asking service's; a bucket of another one is refused as AWS refuses it. */
  readonly region: string
  readonly bucket: string
  readonly key: string
  readonly versionId?: string | undefined
}

/** An object's bytes, or the error that GetObject would answer. */
export type ObjectAnswer =
  | { readonly found: true; readonly body: ResponseBody; readonly size: number }
  | { readonly found: false; readonly code: string; readonly message: string }

/** What one service may ask of the others, by name; each is answered by the service that knows. */
export interface Questions {
  'target:accepts': { question: TargetQuestion; answer: TargetAnswer }
  /** `arn`: of a role, an assumed role's session or a user. Answered by IAM; no answer when it does not exist. */
  'iam:policiesOf': { question: { readonly arn: string }; answer: PrincipalPolicies }
  /** No answer when there is no such bucket. */
  's3:regionOfBucket': { question: { readonly bucket: string }; answer: string }
  's3:object': { question: ObjectQuestion; answer: ObjectAnswer }
  /** No answer when the role does not exist. */
  'iam:roleOf': { question: { readonly roleArn: string }; answer: RoleFacts }
  'iam:canAssume': { question: RoleQuestion; answer: boolean }
  /** The user whose permanent access key this is; no answer for a key that is turned off or nobody's. */
  'iam:ownerOfKey': {
    question: { readonly accessKeyId: string }
    answer: { readonly arn: string; readonly userId: string; readonly secretAccessKey: string }
  }
}
