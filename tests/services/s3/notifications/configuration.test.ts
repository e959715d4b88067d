import {
  type Event,
  GetBucketNotificationConfigurationCommand,
  type LambdaFunctionConfiguration,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:procesar'
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:cola'
const topicArn = 'arn:aws:sns:us-east-1:000000000000:tema'

/** Puts a configuration whose targets nobody asks. */
function put(Bucket: string, NotificationConfiguration: NotificationConfiguration): Promise<unknown> {
  const input = { Bucket, NotificationConfiguration, SkipDestinationValidation: true }
  return lab.s3.send(new PutBucketNotificationConfigurationCommand(input))
}

async function get(Bucket: string): Promise<NotificationConfiguration> {
  const { $metadata: _, ...configuration } = await lab.s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket }),
  )
  return configuration
}

/** A function's configuration for all creations, unless told otherwise; `filter` as `prefix*suffix`. */
function told({ filter, ...members }: Partial<LambdaFunctionConfiguration> & { filter?: string } = {}) {
  const [prefix, suffix] = filter?.split('*') ?? []
  const rules = [
    ...(prefix ? [{ Name: 'prefix' as const, Value: prefix }] : []),
    ...(suffix ? [{ Name: 'suffix' as const, Value: suffix }] : []),
  ]
  return {
    LambdaFunctionArn: functionArn,
    Events: ['s3:ObjectCreated:*'] as Event[],
    ...(rules.length > 0 && { Filter: { Key: { FilterRules: rules } } }),
    ...members,
  }
}

describe('a configuration', () => {
  it('is answered as it was put, with the names of the rules as S3 writes them', async () => {
    const bucket = await lab.newBucket()
    expect(await get(bucket)).toEqual({})
    await put(bucket, {
      TopicConfigurations: [{ Id: 't', TopicArn: topicArn, Events: ['s3:ObjectTagging:*'] }],
      QueueConfigurations: [{ Id: 'c', QueueArn: queueArn, Events: ['s3:ObjectRemoved:*'] }],
      LambdaFunctionConfigurations: [
        told({
          Id: 'f',
          Filter: {
            Key: {
              FilterRules: [
                { Name: 'SUFFIX' as 'suffix', Value: '.csv' },
                { Name: 'pREFIX' as 'prefix', Value: 'raw/año +/' },
              ],
            },
          },
        }),
        told({ Id: 'g', filter: 'otro/*' }),
      ],
      EventBridgeConfiguration: {},
    })
    const rules = [
      { Name: 'Suffix', Value: '.csv' },
      { Name: 'Prefix', Value: 'raw/año +/' },
    ]
    expect(await get(bucket)).toEqual({
      TopicConfigurations: [{ Id: 't', TopicArn: topicArn, Events: ['s3:ObjectTagging:*'] }],
      QueueConfigurations: [{ Id: 'c', QueueArn: queueArn, Events: ['s3:ObjectRemoved:*'] }],
      LambdaFunctionConfigurations: [
        {
          Id: 'f',
          LambdaFunctionArn: functionArn,
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: rules } },
        },
        {
          Id: 'g',
          LambdaFunctionArn: functionArn,
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'otro/' }] } },
        },
      ],
      EventBridgeConfiguration: {},
    })
    await put(bucket, {})
    expect(await get(bucket)).toEqual({})
  })

  it('keeps an empty suffix, and EventBridge alone', async () => {
    const bucket = await lab.newBucket()
    const Filter = { Key: { FilterRules: [{ Name: 'suffix' as const, Value: '' }] } }
    await put(bucket, { LambdaFunctionConfigurations: [told({ Id: 'f', Filter })] })
    expect(await get(bucket)).toMatchObject({
      LambdaFunctionConfigurations: [{ Filter: { Key: { FilterRules: [{ Name: 'Suffix', Value: '' }] } } }],
    })
    await put(bucket, { EventBridgeConfiguration: {} })
    expect(await get(bucket)).toEqual({ EventBridgeConfiguration: {} })
  })

  it('without ids gets them', async () => {
    const bucket = await lab.newBucket()
    await put(bucket, { LambdaFunctionConfigurations: [told({ filter: 'a*' }), told({ filter: 'b*' })] })
    const { LambdaFunctionConfigurations: [first, second] = [] } = await get(bucket)
    expect(first?.Id).toMatch(/^[A-Za-z0-9+/]{48}$/)
    expect(second?.Id).not.toBe(first?.Id)
  })

  it('may be written as the oldest clients write it', async () => {
    const bucket = await lab.newBucket()
    const body = `<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
      <CloudFunctionConfiguration><Id>viejo</Id><CloudFunction>${functionArn}</CloudFunction>
        <Event>s3:ObjectCreated:Put</Event><Event>s3:ObjectCreated:Copy</Event>
        <Filter><S3Key><FilterRule><Name>prefix</Name><Value>a&amp;b/</Value></FilterRule></S3Key></Filter>
      </CloudFunctionConfiguration></NotificationConfiguration>`
    const headers = { 'x-amz-skip-destination-validation': 'true' }
    const answer = await lab.fetch(`/${bucket}?notification`, { method: 'PUT', body, headers })
    expect(answer.status).toBe(200)
    const document = await (await lab.fetch(`/${bucket}?notification`)).text()
    expect(document).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CloudFunctionConfiguration><Id>viejo</Id><CloudFunction>${functionArn}</CloudFunction><Event>s3:ObjectCreated:Put</Event><Event>s3:ObjectCreated:Copy</Event><Filter><S3Key><FilterRule><Name>Prefix</Name><Value>a&amp;b/</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>`,
    )
  })
})

describe('S3 refuses', () => {
  const overlap =
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.'
  const ambiguous =
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'
  const rulesOf = (...FilterRules: { Name?: string; Value?: string }[]) => ({
    LambdaFunctionConfigurations: [told({ Filter: { Key: { FilterRules: FilterRules as [] } } })],
  })
  const table: readonly {
    readonly name: string
    readonly configuration: NotificationConfiguration
    readonly message: string
    readonly argument?: readonly [name: string, value: string]
  }[] = [
    {
      name: "a function's ARN that is none",
      configuration: { LambdaFunctionConfigurations: [told({ LambdaFunctionArn: 'invalid-queue' })] },
      message: 'The ARN could not be parsed',
      argument: ['CloudFunction', 'invalid-queue'],
    },
    {
      name: "a queue's ARN that is a topic's",
      configuration: { QueueConfigurations: [{ QueueArn: topicArn, Events: ['s3:ObjectCreated:*'] }] },
      message: 'The ARN could not be parsed',
      argument: ['Queue', topicArn],
    },
    {
      name: "a topic's ARN that is none, before a queue's",
      configuration: {
        QueueConfigurations: [{ QueueArn: 'invalid_arn_2', Events: ['s3:ObjectCreated:*'] }],
        TopicConfigurations: [{ TopicArn: 'invalid_arn', Events: ['s3:ObjectCreated:*'] }],
      },
      message: 'The ARN could not be parsed',
      argument: ['Topic', 'invalid_arn'],
    },
    {
      name: 'an event that there is not',
      configuration: { LambdaFunctionConfigurations: [told({ Events: ['s3:ObjectCreated' as Event] })] },
      message: 'The event is not supported for notifications',
      argument: ['Event', 's3:ObjectCreated'],
    },
    {
      name: 'a rule that is neither prefix nor suffix',
      configuration: rulesOf({ Name: 'infix', Value: 'x' }),
      message: 'filter rule name must be either prefix or suffix',
      argument: ['FilterRule.Name', 'infix'],
    },
    {
      name: 'two prefixes in one filter',
      configuration: rulesOf({ Name: 'prefix', Value: 'a' }, { Name: 'Prefix', Value: 'b' }),
      message: 'Cannot specify more than one prefix rule in a filter.',
      argument: ['FilterRule.Name', 'prefix'],
    },
    {
      name: 'a filter that is too long',
      configuration: rulesOf({ Name: 'suffix', Value: 'ñ'.repeat(513) }),
      message: 'Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation',
      argument: ['FilterRule.Value', 'ñ'.repeat(513)],
    },
    {
      name: 'one id twice',
      configuration: {
        LambdaFunctionConfigurations: [told({ Id: 'x', filter: 'a*' }), told({ Id: 'x', filter: 'b*' })],
      },
      message: 'Same ID used for multiple configurations. IDs must be unique',
      argument: ['Id', 'x'],
    },
    {
      name: 'two targets for the same events of all keys',
      configuration: {
        LambdaFunctionConfigurations: [told()],
        QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:Put'] }],
      },
      message: overlap,
      argument: ['Event', 's3:ObjectCreated:Put, s3:ObjectCreated:*'],
    },
    {
      name: 'two targets of which one is about all keys',
      configuration: { LambdaFunctionConfigurations: [told(), told({ filter: 'raw/*.csv' })] },
      message: ambiguous,
      argument: ['Event', 's3:ObjectCreated:*, s3:ObjectCreated:*'],
    },
    {
      name: 'a prefix within another, with suffixes that meet',
      configuration: {
        LambdaFunctionConfigurations: [told({ filter: 'raw/*.csv' }), told({ filter: 'raw/a/*v' })],
      },
      message: ambiguous,
    },
    {
      name: 'a function in another region',
      configuration: {
        LambdaFunctionConfigurations: [
          told({ LambdaFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:procesar' }),
        ],
      },
      message: 'The notification destination service region is not valid for the bucket location constraint',
      argument: ['CloudFunction', 'arn:aws:lambda:eu-west-1:000000000000:function:procesar'],
    },
  ]
  it.each(table)('$name', async ({ configuration, message, argument }) => {
    const bucket = await lab.newBucket()
    const failure = await failureOf(put(bucket, configuration))
    expect(failure).toMatchObject({ code: 'InvalidArgument', status: 400, message })
    if (argument !== undefined) {
      const [ArgumentName, ArgumentValue] = argument
      expect(failure.members).toMatchObject({ ArgumentName, ArgumentValue })
    }
    expect(await get(bucket)).toEqual({})
  })

  it('a document without events, without ARN, or with half a rule', async () => {
    const bucket = await lab.newBucket()
    const documents = [
      { LambdaFunctionConfigurations: [told({ Events: [] })] },
      { LambdaFunctionConfigurations: [{ Events: ['s3:ObjectCreated:*'] as Event[] }] },
      rulesOf({ Name: 'prefix' }),
      rulesOf({ Value: 'raw/' }),
    ]
    for (const document of documents) {
      expect(await failureOf(put(bucket, document as NotificationConfiguration))).toMatchObject({
        code: 'MalformedXML',
      })
    }
    const absent = failureOf(put('no-existe-este-bucket', {}))
    expect(await absent).toMatchObject({ code: 'NoSuchBucket', status: 404 })
  })

  it('each target that is not there, by its name, and keeps what was there before', async () => {
    const bucket = await lab.newBucket()
    await put(bucket, { EventBridgeConfiguration: {} })
    const NotificationConfiguration: NotificationConfiguration = {
      QueueConfigurations: [
        { QueueArn: queueArn, Events: ['s3:ObjectCreated:*'] },
        { QueueArn: `${queueArn}-2`, Events: ['s3:ObjectRemoved:*'] },
      ],
      TopicConfigurations: [{ TopicArn: topicArn, Events: ['s3:ObjectTagging:*'] }],
      LambdaFunctionConfigurations: [told({ Events: ['s3:LifecycleTransition'] })],
    }
    const failure = await failureOf(
      lab.s3.send(
        new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration }),
      ),
    )
    expect(failure).toMatchObject({
      code: 'InvalidArgument',
      message: 'Unable to validate the following destination configurations',
      members: {
        ArgumentName1: topicArn,
        ArgumentValue1: 'The destination topic does not exist',
        ArgumentName2: queueArn,
        ArgumentValue2: 'The destination queue does not exist',
        ArgumentName3: `${queueArn}-2`,
        ArgumentValue3: 'The destination queue does not exist',
        ArgumentName4: `${functionArn}, null`,
        ArgumentValue4: `Not authorized to invoke function [${functionArn}]`,
      },
    })
    expect(await get(bucket)).toEqual({ EventBridgeConfiguration: {} })
  })
})

describe('S3 takes', () => {
  const table: readonly { readonly name: string; readonly filters: readonly [string, string] }[] = [
    { name: 'prefixes that never meet', filters: ['raw/*.csv', 'raw2/*.csv'] },
    { name: 'suffixes that never meet', filters: ['raw/*.csv', 'raw/*.json'] },
    { name: 'a prefix within another with suffixes apart', filters: ['raw/*.csv', 'raw/a/*.json'] },
  ]
  it.each(table)('$name', async ({ filters: [first, second] }) => {
    const bucket = await lab.newBucket()
    await put(bucket, {
      LambdaFunctionConfigurations: [told({ filter: first }), told({ filter: second })],
    })
    expect((await get(bucket)).LambdaFunctionConfigurations).toHaveLength(2)
  })

  it('the same keys for different events', async () => {
    const bucket = await lab.newBucket()
    await put(bucket, {
      LambdaFunctionConfigurations: [
        told({ Events: ['s3:ObjectCreated:Put'] }),
        told({ Events: ['s3:ObjectCreated:Copy', 's3:ObjectRemoved:*'] }),
      ],
    })
    expect((await get(bucket)).LambdaFunctionConfigurations).toHaveLength(2)
  })
})
