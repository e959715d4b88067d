import type { RequestBody } from '../../wire/body.ts'

/** An input whose bucket the gateway always gives. */
export type InBucket<Input> = Omit<Input, 'Bucket'> & { readonly Bucket: string }

/** An input whose bucket and key the gateway always gives. */
export type OnKey<Input> = Omit<Input, 'Bucket' | 'Key'> & { readonly Bucket: string; readonly Key: string }

/** An input whose body is the request's own, decoded and not read yet. */
export type WithBody<Input> = Omit<Input, 'Body'> & { readonly Body?: RequestBody }

/**
 * An output as operations build it: members that do not apply are left out or `undefined`.
 * `$status` is the HTTP status where it is not the model's; `$sequence` names, element by element, the lists whose
 * elements stand among one another in the document; `$headers`, lower case, are those that AWS sends and does not model.
 */
export type Answer<Output> = { -readonly [Member in keyof Output]?: Output[Member] | undefined } & {
  $status?: number
  $sequence?: readonly string[]
  $headers?: Readonly<Record<string, string>>
}
