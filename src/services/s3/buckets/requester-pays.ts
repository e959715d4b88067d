import type { OperationContext } from '../../../cloud/operation.ts'
import type { OperationTable } from '../../../cloud/service.ts'
import { parseCopySource } from '../objects/copy-source.ts'
import { callerAccount } from '../objects/owners.ts'
import type { S3State } from '../state.ts'

/** The members that say for what a caller means to pay. */
interface PaidInput {
  readonly Bucket?: string
  readonly CopySource?: string
  readonly RequestPayer?: string
}

/**
 * Makes operations tell a caller of another account that it was charged: `x-amz-request-charged: requester`, in the
 * answers that AWS models it for.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html
 */
export function tellingWhoPaid(operations: OperationTable<S3State>): OperationTable<S3State> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (state, input: PaidInput, context) => {
        const result = operation(state, input, context)
        if (input.RequestPayer === undefined || !isCharged(state, input, context)) return result
        return withCharge(result)
      },
    ]),
  )
}

async function withCharge(result: unknown): Promise<object> {
  return { ...((await result) as object | undefined), RequestCharged: 'requester' }
}

/** Whether a bucket that the call reads or writes has another account pay. Only where permissions decide there are others. */
function isCharged(state: S3State, { Bucket, CopySource }: PaidInput, context: OperationContext): boolean {
  if (context.refusalOf === undefined) return false
  const source = CopySource === undefined ? undefined : parseCopySource(CopySource)
  const read = source === undefined || 'fault' in source ? undefined : source.bucketName
  const caller = callerAccount(context)
  return [Bucket, read].some(name => {
    const bucket = name === undefined ? undefined : state.buckets.get(name)
    return bucket?.payer === 'Requester' && bucket.ownerAccountId !== caller
  })
}
