/** How far a client's clock may be from the cloud's, in milliseconds. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationTimeStamp */
export const maxSkewMilliseconds = 15 * 60 * 1000

/** Reads `20261123T120000Z`: milliseconds since the epoch, or `undefined`. */
export function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  return formatAmzDate(time) === text ? time : undefined
}

/** Writes `20261123T120000Z`. */
export function formatAmzDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/** A time as S3 writes it in errors: without milliseconds. */
export function formatIsoSecond(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}/, '')
}
