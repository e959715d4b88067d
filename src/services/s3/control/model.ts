import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types'

/*
 * The calls of S3 Control that tag buckets, as its SDK package would export them; Terraform's provider makes them since
 * 6.23. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
 */

const namespace = 'com.amazonaws.s3control'
const xmlNamespace = ['', 'http://awss3control.amazonaws.com/doc/2018-08-20/'] as const
/** Smithy's kinds of static schemas. */
const kinds = { string: 0, list: 1, structure: 3, operation: 9 } as const

function structure(
  name: string,
  members: Readonly<Record<string, unknown>>,
  requiredCount = 0,
): StaticStructureSchema {
  const schema = [
    kinds.structure,
    namespace,
    name,
    { xmlNamespace },
    Object.keys(members),
    Object.values(members),
  ]
  return [...schema, requiredCount] as unknown as StaticStructureSchema
}

function operation(
  name: string,
  http: readonly [method: string, path: string, status: number],
  shapes: { readonly input: StaticStructureSchema; readonly output: StaticStructureSchema },
): StaticOperationSchema {
  return [kinds.operation, namespace, name, { http }, shapes.input, shapes.output] as StaticOperationSchema
}

const accountId = [kinds.string, { httpHeader: 'x-amz-account-id' }]
const resourceArn = [kinds.string, { httpLabel: 1 }]
const path = '/v20180820/tags/{ResourceArn+}'

const tag = [kinds.structure, namespace, 'Tag', 0, ['Key', 'Value'], [kinds.string, kinds.string], 2]
const tags = [kinds.list, namespace, 'TagList', 0, [() => tag, { xmlName: 'Tag' }]]
const tagKeys = [[kinds.list, namespace, 'TagKeyList', 0, kinds.string], { httpQuery: 'tagKeys' }]

const named = { AccountId: accountId, ResourceArn: resourceArn }

/** Every call by its name. */
export const controlOperations: Readonly<Record<string, StaticOperationSchema>> = {
  ListTagsForResource: operation('ListTagsForResource', ['GET', path, 200], {
    input: structure('ListTagsForResourceRequest', named, 2),
    output: structure('ListTagsForResourceResult', { Tags: tags }),
  }),
  TagResource: operation('TagResource', ['POST', path, 204], {
    input: structure('TagResourceRequest', { ...named, Tags: tags }, 3),
    output: structure('TagResourceResult', {}),
  }),
  UntagResource: operation('UntagResource', ['DELETE', path, 204], {
    input: structure('UntagResourceRequest', { ...named, TagKeys: tagKeys }, 3),
    output: structure('UntagResourceResult', {}),
  }),
}
