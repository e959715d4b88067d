import { describe, expect, it } from 'vitest'
import { canonicalRequests, sha256 } from '../../../src/cloud/signatures/canonical-request.ts'
import { ChunkSignatures } from '../../../src/cloud/signatures/chunk-signatures.ts'
import { formatScope, sign, signingKey } from '../../../src/cloud/signatures/signing-key.ts'
import { signVersion2, stringToSignVersion2 } from '../../../src/cloud/signatures/version2.ts'
import { AwsChunkedDecoder } from '../../../src/wire/aws-chunked.ts'
import { parseQuery } from '../../../src/wire/uri.ts'

interface Vector {
  readonly method?: string
  readonly path: string
  readonly query?: string
  readonly headers?: readonly string[]
  readonly payloadHash?: string
}

const emptyHash = sha256('')

/** Signs a request as its vector says. */
function signatureOf(
  vector: Vector,
  as: { readonly secret: string; readonly date: string; readonly service: string },
): string {
  const { method = 'GET', path, query = '', headers = [], payloadHash = emptyHash } = vector
  const names = headers.filter((_, index) => index % 2 === 0).map(name => name.toLowerCase())
  const signedHeaders = [...new Set(names)].sort()
  const request = { method, path, query, rawHeaders: headers }
  const [canonical = ''] = canonicalRequests(request, { signedHeaders, payloadHash }, as.service)
  const scope = { day: as.date.slice(0, 8), region: 'us-east-1', service: as.service }
  const toSign = `AWS4-HMAC-SHA256\n${as.date}\n${formatScope(scope)}\n${sha256(canonical)}`
  return sign(signingKey(as.secret, scope), toSign)
}

const octets = (text: string): string => Buffer.from(text).toString('latin1')

describe("AWS's test suite for version 4", () => {
  const as = {
    secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    date: '20150830T123600Z',
    service: 'service',
  }
  const base = ['Host', 'example.amazonaws.com', 'X-Amz-Date', as.date]
  const vanilla = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'
  const vectors: [name: string, vector: Vector, signature: string][] = [
    ['get-vanilla', { path: '/' }, vanilla],
    ['get-relative', { path: '/example/..' }, vanilla],
    ['get-relative-relative', { path: '/example1/example2/../..' }, vanilla],
    ['get-slash', { path: '//' }, vanilla],
    ['get-slash-dot-slash', { path: '/./' }, vanilla],
    [
      'get-slash-pointless-dot',
      { path: '/./example' },
      'ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5',
    ],
    [
      'get-slashes',
      { path: '//example//' },
      '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
    ],
    [
      'get-space',
      { path: '/example space/' },
      '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741',
    ],
    [
      'get-unreserved',
      { path: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' },
      '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
    ],
    ['get-utf8', { path: octets('/ሴ') }, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
    [
      'get-vanilla-query-order-key-case',
      { path: '/', query: 'Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-header-key-duplicate',
      { path: '/', headers: ['My-Header1', 'value2', 'My-Header1', 'value2', 'My-Header1', 'value1'] },
      'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    ],
    [
      'get-header-value-trim',
      { path: '/', headers: ['My-Header1', ' value1', 'My-Header2', ' "a   b   c"'] },
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    [
      'post-header-key-sort',
      { method: 'POST', path: '/', headers: ['My-Header1', 'value1'] },
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-vanilla',
      { method: 'POST', path: '/' },
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST',
        path: '/',
        headers: ['Content-Type', 'application/x-www-form-urlencoded'],
        payloadHash: sha256('Param1=value1'),
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ]
  it.each(vectors)('%s', (_name, vector, signature) => {
    expect(signatureOf({ ...vector, headers: [...base, ...(vector.headers ?? [])] }, as)).toBe(signature)
  })
})

describe("S3's examples of version 4", () => {
  const as = { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', date: '20130524T000000Z', service: 's3' }
  const signed = (payloadHash: string): string[] => [
    'Host',
    'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256',
    payloadHash,
    'x-amz-date',
    as.date,
  ]
  const textHash = sha256('Welcome to Amazon S3.')
  const vectors: [name: string, vector: Vector, signature: string][] = [
    [
      'GET Object',
      { path: '/test.txt', headers: [...signed(emptyHash), 'Range', 'bytes=0-9'] },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT Object',
      {
        method: 'PUT',
        path: '/test$file.text',
        headers: [
          ...signed(textHash),
          'Date',
          'Fri, 24 May 2013 00:00:00 GMT',
          'x-amz-storage-class',
          'REDUCED_REDUNDANCY',
        ],
        payloadHash: textHash,
      },
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'GET Bucket Lifecycle',
      { path: '/', query: 'lifecycle', headers: signed(emptyHash) },
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'List Objects',
      { path: '/', query: 'max-keys=2&prefix=J', headers: signed(emptyHash) },
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
    [
      'a presigned URL',
      {
        path: '/test.txt',
        query:
          'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=x',
        headers: ['Host', 'examplebucket.s3.amazonaws.com'],
        payloadHash: 'UNSIGNED-PAYLOAD',
      },
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    ],
  ]
  it.each(vectors)('%s', (_name, vector, signature) => {
    expect(signatureOf(vector, as)).toBe(signature)
  })

  const scope = { day: '20130524', region: 'us-east-1', service: 's3' }
  const chunks = [Buffer.alloc(65_536, 'a'), Buffer.alloc(1024, 'a'), Buffer.alloc(0)]
  const chunked: [name: string, seed: string, signatures: string[], trailer: string][] = [
    [
      'a body in signed chunks',
      '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      [
        'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
        '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
        'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
      ],
      '',
    ],
    [
      'a body in signed chunks with a trailer',
      '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
      [
        'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
        '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
        '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
      ],
      'x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n',
    ],
  ]
  it.each(chunked)('%s', (_name, signature, signatures, trailer) => {
    const decode = (change: (framed: string) => string): void => {
      const seed = {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        key: signingKey(as.secret, scope),
        scope,
        date: as.date,
      }
      const decoder = new AwsChunkedDecoder(
        new ChunkSignatures({ ...seed, signature }, trailer === '' ? 'no-trailer' : 'signed-trailer'),
      )
      const framed = chunks
        .map((chunk, index) => {
          const head = `${chunk.length.toString(16)};chunk-signature=${signatures[index]}\r\n`
          return chunk.length === 0 ? head : `${head}${chunk.toString()}\r\n`
        })
        .join('')
      decoder.push(Buffer.from(change(`${framed}${trailer}\r\n`)))
      decoder.finish()
    }
    decode(framed => framed)
    const mismatch = expect.objectContaining({ code: 'SignatureDoesNotMatch' })
    expect(() => decode(framed => framed.replace('aa', 'ab'))).toThrow(mismatch)
    expect(() => decode(framed => framed.replace('chunk-signature=', 'chunk-signature=0'))).toThrow(mismatch)
    if (trailer === '') return
    expect(() => decode(framed => framed.replace('sOO8', 'sOO9'))).toThrow(mismatch)
    expect(() => decode(framed => framed.replace('trailer-signature:d8', 'trailer-signature:d9'))).toThrow(
      mismatch,
    )
  })
})

describe("S3's examples of version 2", () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  const vectors: [name: string, vector: Vector, signature: string][] = [
    [
      'GET Object',
      { path: '/photos/puppy.jpg', headers: ['date', 'Tue, 27 Mar 2007 19:36:42 +0000'] },
      'qgk2+6Sv9/oM7G3qLEjTH1a1l1g=',
    ],
    [
      'PUT Object',
      {
        method: 'PUT',
        path: '/photos/puppy.jpg',
        headers: ['content-type', 'image/jpeg', 'date', 'Tue, 27 Mar 2007 21:15:45 +0000'],
      },
      'iqRzw+ileNPu1fhspnRs8nOjjIA=',
    ],
    [
      'List',
      {
        path: '/',
        query: 'prefix=photos&max-keys=50&marker=puppy',
        headers: ['date', 'Tue, 27 Mar 2007 19:42:41 +0000'],
      },
      'm0WP8eCtspQl5Ahe6L1SozdX9YA=',
    ],
    [
      'GET Bucket ACL',
      { path: '/', query: 'acl', headers: ['date', 'Tue, 27 Mar 2007 19:44:46 +0000'] },
      '82ZHiFIjc+WbcwFKGUVEQspPn+0=',
    ],
  ]
  const textOf = ({ method = 'GET', path, query = '', headers = [] }: Vector): string => {
    const pairs = headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]]] : []))
    const wire = {
      method,
      path,
      query: parseQuery(query),
      headers: Object.fromEntries(pairs) as Record<string, string>,
      body: undefined as never,
      contextMembers: {},
    }
    const request = { method, path, query, rawHeaders: headers }
    return stringToSignVersion2(request, { wire, hostBucket: 'awsexamplebucket1' })
  }
  it.each(vectors)('%s', (_name, vector, signature) => {
    expect(signVersion2(secret, textOf(vector))).toBe(signature)
  })

  // `HmacV1Auth.QSAOfInterest` of botocore 1.43, and the settings that are younger than version 2.
  const signed =
    'accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location logging metrics notification object-lock partNumber policy replication requestPayment response-cache-control response-content-disposition response-content-encoding response-content-language response-content-type response-expires restore select select-type storageClass tagging torrent uploadId uploads versionId versioning versions website encryption legal-hold ownershipControls policyStatus publicAccessBlock retention'
  it.each(signed.split(' '))('%s is signed, with its value where it has one', name => {
    const lines = (query: string) => textOf({ path: '/llave', query }).split('\n').at(-1)
    expect(lines(name)).toBe(`/awsexamplebucket1/llave?${name}`)
    expect(lines(`prefix=x&${name}=a%20b&zzz=1`)).toBe(`/awsexamplebucket1/llave?${name}=a b`)
  })
})
