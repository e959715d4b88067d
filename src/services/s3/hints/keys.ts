import type { Finding, HintRule, Seen } from '../../../cloud/hints/hint.ts'
import { fromOrdered } from '../keys/byte-order.ts'
import { currentObject, currentVersion } from '../objects/versions.ts'
import type { Bucket, S3State } from '../state.ts'

/** Keys that are compared at most: a wrong key in a loop must cost little. */
const maxCompared = 2000

/** A key that was asked for and is not there. */
interface AbsentKey {
  readonly bucket: Bucket
  readonly key: string
}

const onAbsentKey = {
  on: 'failure',
  operations: [
    'GetObject',
    'HeadObject',
    'GetObjectAttributes',
    'GetObjectTagging',
    'WEBSITE.GET.OBJECT',
    'WEBSITE.HEAD.OBJECT',
  ],
  codes: ['NoSuchKey'],
} as const

/** A rule about keys that are nearly there: `find` gives the key that is. */
function nearKeyRule(id: string, find: (absent: AbsentKey) => string | undefined): HintRule<S3State> {
  return {
    ...onAbsentKey,
    id,
    find: (seen, { state }) => {
      const absent = absentKeyOf(seen, state)
      const existing = absent && find(absent)
      return absent && existing !== undefined ? foundKey(absent, existing) : undefined
    },
  }
}

function absentKeyOf({ input }: Seen, state: S3State): AbsentKey | undefined {
  const { Bucket: name, Key: key, VersionId: versionId } = input ?? {}
  const bucket = typeof name === 'string' ? state.buckets.get(name) : undefined
  return bucket && typeof key === 'string' && versionId === undefined ? { bucket, key } : undefined
}

function foundKey({ bucket, key }: AbsentKey, existing: string): Finding {
  return {
    facts: { bucket: bucket.name, key, existing },
    tryIt: ['s3api', 'head-object', '--bucket', bucket.name, '--key', existing],
  }
}

/** The key of an event, used as it came: form-encoded. */
const encodedKey = nearKeyRule('s3.encoded-key', ({ bucket, key }) => {
  const decoded = decodeFormKey(key)
  return decoded !== undefined && decoded !== key && currentObject(bucket, decoded) ? decoded : undefined
})

/** A key whose `%XX` were decoded and whose `+` were left. */
function decodeFormKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch (error) {
    // A stray `%` is no encoding.
    if (error instanceof URIError) return undefined
    throw error
  }
}

const leadingSlash = nearKeyRule('s3.key-leading-slash', ({ bucket, key }) => {
  const other = key.startsWith('/') ? key.replace(/^\/+/, '') : `/${key}`
  return currentObject(bucket, other) ? other : undefined
})

const doubledSlash = nearKeyRule('s3.key-doubled-slash', ({ bucket, key }) => {
  const single = key.replace(/\/{2,}/g, '/')
  if (single !== key) return currentObject(bucket, single) ? single : undefined
  return findKey(bucket, other => other.includes('//') && other.replace(/\/{2,}/g, '/') === key)
})

const otherCase = nearKeyRule('s3.key-case', ({ bucket, key }) => {
  const lower = key.toLowerCase()
  return findKey(bucket, other => other.length === key.length && other.toLowerCase() === lower)
})

/** `ventas.csv` where `raw/ventas.csv` is, and the other way round. */
const otherPrefix = nearKeyRule('s3.key-prefix', ({ bucket, key }) => {
  if (key === '' || key.endsWith('/')) return undefined
  return findKey(bucket, other => other.endsWith(`/${key}`) || (other !== '' && key.endsWith(`/${other}`)))
})

function findKey({ keys, objects }: Bucket, isNear: (key: string) => boolean): string | undefined {
  let compared = 0
  for (const chunk of keys.chunks) {
    for (const ordered of chunk) {
      if (++compared > maxCompared) return undefined
      const key = fromOrdered(ordered)
      if (isNear(key) && objects.get(ordered)?.at(-1)?.kind === 'object') return key
    }
  }
  return undefined
}

/** The object is there and was deleted: only its marker answers. */
const deletedKey: HintRule<S3State> = {
  ...onAbsentKey,
  id: 's3.key-deleted',
  find: (seen, { state }) => {
    const absent = absentKeyOf(seen, state)
    if (!absent || currentVersion(absent.bucket, absent.key)?.kind !== 'marker') return undefined
    const { bucket, key } = absent
    return {
      facts: { bucket: bucket.name, key },
      tryIt: ['s3api', 'list-object-versions', '--bucket', bucket.name, '--prefix', key],
    }
  },
}

/** Keys that are not there, and nearly are. */
export const keyRules = [deletedKey, encodedKey, leadingSlash, doubledSlash, otherCase, otherPrefix]
