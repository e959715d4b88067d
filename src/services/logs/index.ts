import { defineService } from '../../cloud/service.ts'
import { expireEvents } from './events/expire.ts'
import { describeCall, hints } from './hints/rules.ts'
import { createLiveTail, type LiveTail } from './live-tail/live-tail.ts'
import { logsModel } from './model.ts'
import { createLogGroup } from './operations/create-log-group.ts'
import { createLogStream } from './operations/create-log-stream.ts'
import { deleteLogGroup } from './operations/delete-log-group.ts'
import { deleteLogStream } from './operations/delete-log-stream.ts'
import { deleteResourcePolicy } from './operations/delete-resource-policy.ts'
import { deleteRetentionPolicy } from './operations/delete-retention-policy.ts'
import { deleteSubscriptionFilter } from './operations/delete-subscription-filter.ts'
import { describeLogGroups } from './operations/describe-log-groups.ts'
import { describeLogStreams } from './operations/describe-log-streams.ts'
import { describeResourcePolicies } from './operations/describe-resource-policies.ts'
import { describeSubscriptionFilters } from './operations/describe-subscription-filters.ts'
import { filterLogEvents } from './operations/filter-log-events.ts'
import { getLogEvents } from './operations/get-log-events.ts'
import { listLogGroups } from './operations/list-log-groups.ts'
import { listTagsForResource } from './operations/list-tags-for-resource.ts'
import { listTagsLogGroup } from './operations/list-tags-log-group.ts'
import { putLogEvents } from './operations/put-log-events.ts'
import { putLogGroupDeletionProtection } from './operations/put-log-group-deletion-protection.ts'
import { putResourcePolicy } from './operations/put-resource-policy.ts'
import { putRetentionPolicy } from './operations/put-retention-policy.ts'
import { putSubscriptionFilter } from './operations/put-subscription-filter.ts'
import { startLiveTail } from './operations/start-live-tail.ts'
import { tagLogGroup } from './operations/tag-log-group.ts'
import { tagResource } from './operations/tag-resource.ts'
import { testMetricFilter } from './operations/test-metric-filter.ts'
import { untagLogGroup } from './operations/untag-log-group.ts'
import { untagResource } from './operations/untag-resource.ts'
import { storeOutput } from './output.ts'
import { permissions } from './permissions.ts'
import { createLogsState, type LogsState } from './state.ts'

/** Amazon CloudWatch Logs. */
export const logs = defineService<LogsState, LiveTail>({
  id: 'logs',
  model: logsModel,
  scope: 'region',
  outage: { code: 'ServiceUnavailableException', statusCode: 503 },
  createState: createLogsState,
  permissions,
  describe: describeCall,
  hints,
  operations: {
    CreateLogGroup: createLogGroup,
    CreateLogStream: createLogStream,
    DeleteLogGroup: deleteLogGroup,
    DeleteLogStream: deleteLogStream,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteRetentionPolicy: deleteRetentionPolicy,
    DeleteSubscriptionFilter: deleteSubscriptionFilter,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    DescribeResourcePolicies: describeResourcePolicies,
    DescribeSubscriptionFilters: describeSubscriptionFilters,
    FilterLogEvents: filterLogEvents,
    GetLogEvents: getLogEvents,
    ListLogGroups: listLogGroups,
    ListTagsForResource: listTagsForResource,
    ListTagsLogGroup: listTagsLogGroup,
    PutLogEvents: putLogEvents,
    PutLogGroupDeletionProtection: putLogGroupDeletionProtection,
    PutResourcePolicy: putResourcePolicy,
    PutRetentionPolicy: putRetentionPolicy,
    PutSubscriptionFilter: putSubscriptionFilter,
    StartLiveTail: startLiveTail,
    TagLogGroup: tagLogGroup,
    TagResource: tagResource,
    TestMetricFilter: testMetricFilter,
    UntagLogGroup: untagLogGroup,
    UntagResource: untagResource,
  },
  open: createLiveTail,
  listeners: { 'lambda:Output': storeOutput },
  onClock: expireEvents,
})
