import type { NotificationConfiguration } from '@aws-sdk/client-s3'
import type { BucketNotifications, StoredNotification } from '../state.ts'

/** How S3 writes the names of filter rules, however they were put. */
const ruleNames = { prefix: 'Prefix', suffix: 'Suffix' } as const

/** A bucket's notifications as S3 answers them: kinds that have none are left out. */
export function answerConfiguration({
  notifications,
  eventBridge,
}: BucketNotifications): NotificationConfiguration {
  const ofKind = <Members>(kind: StoredNotification['kind'], nameTarget: (targetArn: string) => Members) =>
    notifications
      .filter(each => each.kind === kind)
      .map(each => ({ ...describe(each), ...nameTarget(each.targetArn) }))
  const topics = ofKind('topic', TopicArn => ({ TopicArn }))
  const queues = ofKind('queue', QueueArn => ({ QueueArn }))
  const functions = ofKind('function', LambdaFunctionArn => ({ LambdaFunctionArn }))
  return {
    ...(topics.length > 0 && { TopicConfigurations: topics }),
    ...(queues.length > 0 && { QueueConfigurations: queues }),
    ...(functions.length > 0 && { LambdaFunctionConfigurations: functions }),
    ...(eventBridge && { EventBridgeConfiguration: {} }),
  }
}

function describe({ id, events, rules }: StoredNotification) {
  const FilterRules = rules.map(({ name, value }) => ({
    // The SDK's type knows only the names in lower case, which S3 never answers.
    Name: ruleNames[name] as 'prefix',
    Value: value,
  }))
  return { Id: id, Events: [...events], ...(FilterRules.length > 0 && { Filter: { Key: { FilterRules } } }) }
}
