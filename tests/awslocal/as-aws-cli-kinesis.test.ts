import type { Case } from './running/compare.ts'
import { describeAlike } from './running/describe-alike.ts'
import { missingMoto, startMoto } from './running/moto.ts'

/** Commands of Kinesis, in order. */
const cases: readonly (string | Case)[] = [
  'kinesis create-stream --stream-name STREAM --shard-count 2',
  'kinesis create-stream --stream-name STREAM --shard-count 2',
  'kinesis wait stream-exists --stream-name STREAM',
  'kinesis describe-stream --stream-name STREAM',
  'kinesis describe-stream --stream-name STREAM --output text',
  'kinesis describe-stream --stream-name STREAM --output table',
  'kinesis describe-stream-summary --stream-name STREAM',
  'kinesis list-shards --stream-name STREAM --max-items 1',
  'kinesis put-record --stream-name STREAM --partition-key a --data hola',
  'kinesis put-records --stream-name STREAM --records Data=uno,PartitionKey=a Data=dos,PartitionKey=b',
  'kinesis put-records --stream-name STREAM --records \'[{"Data":"tres","PartitionKey":"c"}]\'',
  'kinesis put-records --stream-name STREAM --records Datos=uno,PartitionKey=a',
  'kinesis get-shard-iterator --stream-name STREAM --shard-id shardId-000000000000 --shard-iterator-type TRIM_HORIZON',
  'kinesis describe-stream --stream-name no-esta',
  'kinesis describe-strean --stream-name STREAM',
  'kinesis describe-stream',
  'kinesis increase-stream-retention-period --stream-name STREAM --retention-period-hours muchas',
  'kinesis add-tags-to-stream --stream-name STREAM --tags curso=nube,tema=flujos',
  'kinesis list-tags-for-stream --stream-name STREAM',
  'kinesis merge-shards --generate-cli-skeleton',
  'kinesis list-streams --exclusive-start-stream-name a --max-items 1',
  'kinesis delete-stream --stream-name STREAM --no-enforce-consumer-deletion',
]

describeAlike('kinesis', {
  cases,
  names: [{ STREAM: 'flujo-cli' }, { STREAM: 'flujo-our' }],
  startServer: startMoto,
  missing: missingMoto,
})
