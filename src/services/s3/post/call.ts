import type { FormCall, FormRequest, SignedForm } from '../../../cloud/service.ts'
import type { WireRequest } from '../../../wire/http.ts'
import { accessDenied, keyTooLong } from '../errors.ts'
import { maxKeyBytes, maxSinglePutBytes } from '../limits.ts'
import { answerPost } from './answer.ts'
import { fieldMissing, noForm } from './errors.ts'
import { FileBody, type SizeRange } from './file-body.ts'
import { type Form, readForm } from './form.ts'
import { obeyPolicy } from './policy.ts'
import { taggingHeader } from './tagging.ts'

/** Whether a request is a form that a browser sends to a bucket, or means to be one. */
export function isPost({ method, headers, path, contextMembers, query }: WireRequest): boolean {
  const isToBucket = method === 'POST' && path === '/' && contextMembers.Bucket !== undefined
  return isToBucket && !query.has('delete') && (query.size === 0 || isMultipart(headers))
}

function isMultipart(headers: WireRequest['headers']): boolean {
  return /^multipart\/form-data\b/i.test(String(headers['content-type'] ?? ''))
}

/**
 * Reads a form as the upload that it asks for. Its policy is always obeyed, also where signatures are not checked.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 * @throws AwsError PreconditionFailed, InvalidArgument, InvalidPolicyDocument, AccessDenied, and those of forms that cannot be read
 */
export async function readPost(request: FormRequest): Promise<FormCall> {
  if (!isMultipart(request.wire.headers)) throw noForm()
  const form = await readForm(request.wire)
  try {
    return toCall(form, request)
  } catch (error) {
    form.file.resume()
    throw error
  }
}

function toCall(form: Form, { wire, now, bucketUrl }: FormRequest): FormCall {
  const bucket = wire.contextMembers.Bucket ?? ''
  const fields = substitute(form)
  const key = fields.get('key')
  if (key === undefined || key === '') throw fieldMissing('key')
  const bytes = Buffer.byteLength(key)
  if (bytes > maxKeyBytes) throw keyTooLong(bytes, maxKeyBytes)
  const signed = signatureOf(fields)
  const policy = fields.get('policy')
  const range: SizeRange =
    policy === undefined
      ? { min: 0, max: maxSinglePutBytes }
      : obeyPolicy(policy, { fields: new Map([...fields, ['bucket', bucket]]), now })
  return {
    operation: 'PostObject',
    signed,
    wire: {
      ...wire,
      method: 'PUT',
      path: `/${encodeURIComponent(key)}`,
      query: new Map(),
      headers: headersOf(wire.headers, fields),
      body: new FileBody(form.file, range),
    },
    answer: stored => answerPost({ fields, bucket, key, bucketUrl }, stored),
    abandon: () => form.file.resume(),
  }
}

/** `${filename}` stands for the file's name in every field, where the file has one. */
function substitute({ fields, fileName }: Form): ReadonlyMap<string, string> {
  if (fileName === undefined) return fields
  const isFixed = (name: string): boolean => name === 'policy' || name.endsWith('signature')
  return new Map(
    [...fields].map(([name, value]) => [
      name,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the variable is S3's
      isFixed(name) ? value : value.replaceAll('${filename}', () => fileName),
    ]),
  )
}

/**
 * What a form says of its signature; whoever gives a policy must sign it.
 * @throws AwsError InvalidArgument, AccessDenied
 */
function signatureOf(fields: ReadonlyMap<string, string>): SignedForm | undefined {
  const isVersion4 =
    fields.has('x-amz-algorithm') || fields.has('x-amz-signature') || fields.has('x-amz-credential')
  const isVersion2 = !isVersion4 && (fields.has('awsaccesskeyid') || fields.has('signature'))
  const need = (name: string): string => {
    const value = fields.get(name.toLowerCase())
    if (value === undefined || value === '') throw fieldMissing(name)
    return value
  }
  if (isVersion4) {
    return {
      version: 4,
      policy: need('policy'),
      algorithm: need('X-Amz-Algorithm'),
      credential: need('X-Amz-Credential'),
      date: need('X-Amz-Date'),
      signature: need('X-Amz-Signature'),
    }
  }
  if (isVersion2) {
    const accessKeyId = need('AWSAccessKeyId')
    return { version: 2, policy: need('policy'), accessKeyId, signature: need('Signature') }
  }
  if (fields.has('policy')) throw accessDenied()
  return undefined
}

/** Fields that are no headers of the upload. */
const notHeaders = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-signature',
  'x-amz-content-sha256',
])
const plainHeaders = new Set([
  'cache-control',
  'content-type',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-md5',
  'expires',
])

/** The headers that the upload would have had; of the form's own only those that say nothing of a body. */
function headersOf(
  own: WireRequest['headers'],
  fields: ReadonlyMap<string, string>,
): Record<string, string | string[] | undefined> {
  const headers: Record<string, string | string[] | undefined> = {}
  for (const name of ['host', 'user-agent', 'referer', 'origin']) headers[name] = own[name]
  for (const [name, value] of fields) {
    const isHeader = plainHeaders.has(name) || (name.startsWith('x-amz-') && !notHeaders.has(name))
    if (isHeader) headers[name] = octets(value)
  }
  const [acl, tagging] = [fields.get('acl'), fields.get('tagging')]
  if (acl !== undefined) headers['x-amz-acl'] = octets(acl)
  if (tagging !== undefined) headers['x-amz-tagging'] = taggingHeader(tagging)
  return headers
}

/** Text as headers carry it: its UTF-8 octets, each a character. */
function octets(text: string): string {
  return Buffer.from(text).toString('latin1')
}
