import type { Case } from './running/compare.ts'
import { describeAlike } from './running/describe-alike.ts'
import { missingMoto, startMoto } from './running/moto.ts'
import { startOurs } from './running/ours.ts'

const now = Date.now()

/** Commands of CloudWatch Logs, in order. */
const cases: readonly (string | Case)[] = [
  'logs create-log-group --log-group-name /aws/lambda/GROUP --tags curso=nube',
  'logs create-log-group --log-group-name /aws/lambda/GROUP',
  'logs create-log-group --log-group-name /aws/lambda/GROUP-2',
  'logs create-log-stream --log-group-name /aws/lambda/GROUP --log-stream-name 2024/01/01/[$LATEST]abc',
  'logs create-log-stream --log-group-name /aws/lambda/GROUP --log-stream-name otro',
  `logs put-log-events --log-group-name /aws/lambda/GROUP --log-stream-name otro --log-events timestamp=${now},message=hola timestamp=${now + 1},message='"con comas, y ñ"'`,
  `logs put-log-events --log-group-name /aws/lambda/GROUP --log-stream-name 2024/01/01/[$LATEST]abc --log-events '[{"timestamp": ${now + 2}, "message": "ERROR {\\"a\\": 1}"}]'`,
  'logs put-log-events --log-group-name /aws/lambda/GROUP --log-stream-name otro --log-events message=hola',
  'logs put-log-events --log-group-name /aws/lambda/GROUP --log-stream-name otro --log-events timestamp=hoy,message=hola',
  'logs describe-log-groups --log-group-name-prefix /aws/lambda/GROUP',
  'logs describe-log-groups --log-group-name-prefix /aws/lambda/GROUP --output text --query logGroups[].[logGroupName,storedBytes]',
  'logs describe-log-groups --log-group-name-prefix /aws/lambda/GROUP --output table --query logGroups[].[logGroupName,storedBytes]',
  'logs describe-log-groups --log-group-name-prefix /aws/lambda/GROUP --max-items 1 --query logGroups[].logGroupName',
  'logs describe-log-streams --log-group-name /aws/lambda/GROUP --order-by LastEventTime --descending --query logStreams[].logStreamName',
  'logs describe-log-streams --log-group-name /aws/lambda/GROUP --no-descending',
  'logs get-log-events --log-group-name /aws/lambda/GROUP --log-stream-name otro --start-from-head --query events[].message',
  'logs get-log-events --log-group-name /aws/lambda/GROUP --log-stream-name otro --limit muchos',
  'logs filter-log-events --log-group-name /aws/lambda/GROUP --query events[].[message,logStreamName,timestamp]',
  'logs filter-log-events --log-group-name /aws/lambda/GROUP --filter-pattern hola --output text --query events[].message',
  'logs filter-log-events --log-group-name /aws/lambda/GROUP --log-stream-names otro --query events[].message',
  `logs filter-log-events --log-group-name /aws/lambda/GROUP --start-time ${now + 1} --interleaved --query events[].message`,
  'logs filter-log-events --log-group-name /aws/lambda/GROUP --max-items 1 --query events[].message',
  'logs filter-log-events --log-group-name /no/esta',
  'logs filter-log-events',
  'logs put-retention-policy --log-group-name /aws/lambda/GROUP --retention-in-days 7',
  'logs put-retention-policy --log-group-name /aws/lambda/GROUP --retention-in-days siete',
  'logs list-tags-log-group --log-group-name /aws/lambda/GROUP',
  'logs tag-log-group --log-group-name /aws/lambda/GROUP --tags a=b,c=d',
  'logs list-tags-for-resource --resource-arn arn:aws:logs:us-east-1:ACCOUNT:log-group:/aws/lambda/GROUP',
  'logs put-metric-filter --log-group-name /aws/lambda/GROUP --filter-name f --filter-pattern ERROR --metric-transformations metricName=m,metricNamespace=n,metricValue=1',
  'logs describe-metric-filters --log-group-name /aws/lambda/GROUP',
  'logs create-log-stream --generate-cli-skeleton',
  'logs get-log-object --log-object-pointer x',
  'logs start-live-tail',
  'logs start-live-tail --log-group-identifiers',
  'logs delete-log-stream --log-group-name /aws/lambda/GROUP --log-stream-name otro',
  'logs delete-log-group --log-group-name /aws/lambda/GROUP',
  'logs delete-log-group --log-group-name /aws/lambda/GROUP',
]

describeAlike('logs of another cloud', {
  cases,
  names: [
    { GROUP: 'grupo-cli', ACCOUNT: '123456789012' },
    { GROUP: 'grupo-our', ACCOUNT: '123456789012' },
  ],
  startServer: startMoto,
  missing: missingMoto,
})

describeAlike('logs of ours', {
  cases,
  names: [
    { GROUP: 'grupo-cli', ACCOUNT: '000000000000' },
    { GROUP: 'grupo-our', ACCOUNT: '000000000000' },
  ],
  startServer: startOurs,
})
