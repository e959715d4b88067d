/** A request's body as an operation receives it: decoded from `aws-chunked`, read once. */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** Decoded length in bytes where the client announced it. */
  readonly length: number | undefined
  /** Its end shows by itself, as a form's file's does: its length need not be announced. */
  readonly endsByItself?: boolean
  /**
   * Reads the whole body into one buffer.
   * @throws AwsError EntityTooLarge when it is longer than `limitBytes`.
   */
  bytes(limitBytes: number): Promise<Buffer>
  /** Trailing headers, lower case; complete only after the body was read to its end. */
  readonly trailers: Readonly<Record<string, string>>
}

/** Bytes that an operation answers: whole, or as a stream of known length. */
export type ResponseBody = Uint8Array | StreamedBody

/** A body that is produced while it is sent. */
export interface StreamedBody {
  /** Bytes; `undefined` while that is not known, and then the answer goes out in chunks. */
  readonly length: number | undefined
  /** Opens the bytes; called once, not at all for HEAD. */
  open(): AsyncIterable<Uint8Array>
}
