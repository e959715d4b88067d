import { afterAll, beforeAll, describe, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { awsCliVersion, startAwsCli } from './running/aws-cli.ts'
import { startAwslocal } from './running/awslocal.ts'
import { type Case, expectSame, type Side } from './running/compare.ts'
import { makeWorkplace } from './running/workplace.ts'

/** Commands in the order in which they are run; later ones see what earlier ones did. */
const cases: readonly (string | Case)[] = [
  's3 mb s3://BUCKET',
  's3 mb BUCKET',
  's3 cp datos/ventas.csv s3://BUCKET/raw/',
  's3 ls s3://BUCKET/raw/',
  's3 ls s3://BUCKET',
  's3 ls s3://BUCKET/nada',
  's3 ls s3://un-cubo-que-nadie-tiene',
  's3 cp s3://BUCKET/raw/ventas.csv descargado.csv',
  { line: 's3 sync ./datos/ s3://BUCKET/data/', anyOrder: true },
  's3 sync ./datos/ s3://BUCKET/data/',
  's3 ls s3://BUCKET --recursive',
  's3 ls s3://BUCKET/ --recursive --human-readable --summarize',
  's3 ls s3://BUCKET/data --page-size 1 --recursive',
  's3 cp nada.csv s3://BUCKET/',
  's3 cp datos s3://BUCKET/',
  's3 cp datos s3://BUCKET/carpeta',
  {
    line: "s3 cp datos s3://BUCKET/d2 --recursive --exclude '*' --include '*.csv' --include 'sub/*'",
    anyOrder: true,
  },
  {
    line: "s3 cp datos s3://BUCKET/d3 --recursive --exclude 'sub*' --include 'sub-[a-z].txt' --dryrun",
    anyOrder: true,
  },
  's3 cp grande.bin s3://BUCKET/grande.bin',
  's3api head-object --bucket BUCKET --key grande.bin',
  's3 cp s3://BUCKET/grande.bin s3://BUCKET/copia.bin',
  's3api head-object --bucket BUCKET --key copia.bin',
  's3 cp s3://BUCKET/copia.bin vuelta.bin --no-progress',
  { line: 's3 cp - s3://BUCKET/entrada.txt', input: 'de la entrada\n' },
  's3 cp s3://BUCKET/entrada.txt -',
  's3 cp - s3://BUCKET/otra.txt --recursive',
  's3 cp s3://BUCKET/nada.txt aqui.txt',
  's3 cp vacio.txt s3://BUCKET/vacio.txt --quiet',
  's3 cp datos/ventas.csv s3://BUCKET/callado.csv --only-show-errors',
  { line: 's3 cp s3://BUCKET/data bajada --recursive', anyOrder: true },
  's3 sync s3://BUCKET/data bajada',
  's3 sync s3://BUCKET/data bajada --exact-timestamps',
  's3 sync s3://BUCKET/data bajada --size-only',
  { line: 's3 sync s3://BUCKET/data s3://BUCKET/espejo', anyOrder: true },
  's3 rm s3://BUCKET/data/clientes.json',
  's3 sync s3://BUCKET/data bajada --delete',
  's3 sync datos s3://BUCKET/data --size-only',
  "s3 sync datos s3://BUCKET/data --delete --exclude '*' --include '*.nada'",
  's3 mv suelto s3://BUCKET/mv/',
  's3 mv s3://BUCKET/mv/suelto s3://BUCKET/mv/dos',
  's3 mv s3://BUCKET/mv/dos .',
  's3 mv s3://BUCKET/igual s3://BUCKET/igual',
  's3 rm s3://BUCKET/no-estaba',
  { line: "s3 rm s3://BUCKET/espejo --recursive --exclude '*' --include '*.csv'", anyOrder: true },
  { line: 's3 rm s3://BUCKET/espejo --recursive --quiet' },
  "s3 cp datos/ventas.csv s3://BUCKET/meta.csv --metadata 'autor=ana,tema=big data' --content-type text/plain --cache-control no-cache",
  's3api head-object --bucket BUCKET --key meta.csv',
  's3 cp s3://BUCKET/meta.csv s3://BUCKET/meta2.csv --metadata x=y',
  's3api head-object --bucket BUCKET --key meta2.csv',
  's3 cp uno dos',
  's3 cp s3://BUCKET/uno',
  's3 lss',
  's3',
  's3 cp uno s3://BUCKET --inventada',
  's3 cp datos/ventas.csv s3://un-cubo-que-nadie-tiene/',
  's3 cp datos/ventas.csv s3://BUCKET/x --sse-c-key clave',
  's3 cp datos/ventas.csv s3://BUCKET/x --acl inventada',
  's3 rb s3://BUCKET/con-clave',
  's3 rb s3://BUCKET',
  's3api list-objects-v2 --bucket BUCKET --prefix data/',
  's3api list-objects-v2 --bucket BUCKET --delimiter /',
  's3api list-objects-v2 --bucket BUCKET --max-items 2 --page-size 1',
  's3api list-objects-v2 --bucket BUCKET --max-keys 1 --query IsTruncated',
  's3api list-objects-v2 --bucket BUCKET --max-keys 1 --max-items 1',
  's3api list-objects-v2 --bucket BUCKET --no-paginate --max-items 1',
  's3api list-objects --bucket BUCKET --output text',
  's3api list-objects-v2 --bucket BUCKET --output table',
  "s3api list-objects-v2 --bucket BUCKET --query 'Contents[?Size>`100`].[Key,Size]' --output text",
  "s3api list-objects-v2 --bucket BUCKET --query 'Contents[].{k:Key,n:Size}' --output table",
  's3api list-objects-v2 --bucket un-cubo-que-nadie-tiene',
  's3api head-bucket --bucket un-cubo-que-nadie-tiene',
  's3api head-object --bucket BUCKET --key no-esta',
  's3api get-object --bucket BUCKET --key no-esta fuera.bin',
  's3api get-object --bucket BUCKET --key raw/ventas.csv dentro.csv',
  's3api get-object --bucket BUCKET --key raw/ventas.csv --range bytes=0-4 trozo.csv',
  's3api put-object --bucket BUCKET --key ñandú/á.txt --body vacio.txt --metadata a=1',
  's3api list-objects-v2 --bucket BUCKET --prefix ñ',
  's3api put-object --bucket BUCKET --key x --metadata a=á',
  's3api put-object --bucket BUCKET --key x --body no-hay-archivo',
  's3api put-object --bucket con/barra --key x',
  "s3api put-object --bucket BUCKET --key ''",
  's3api put-object --bucket BUCKET',
  's3api put-object --bucket BUCKET --key x --inventada',
  's3api get-bucket-location --bucket BUCKET',
  's3api put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled',
  's3api get-bucket-versioning --bucket BUCKET',
  's3api put-object --bucket BUCKET --key raw/ventas.csv --body suelto',
  's3api delete-object --bucket BUCKET --key raw/ventas.csv',
  's3api list-object-versions --bucket BUCKET --prefix raw/',
  "s3api put-object-tagging --bucket BUCKET --key meta.csv --tagging 'TagSet=[{Key=capa,Value=plata},{Key=año,Value=2024}]'",
  's3api get-object-tagging --bucket BUCKET --key meta.csv',
  's3api put-object-tagging --bucket BUCKET --key meta.csv --tagging file://etiquetas.json',
  's3api get-object-tagging --bucket BUCKET --key meta.csv --output text',
  's3api put-object-tagging --bucket BUCKET --key meta.csv --tagging file://no-hay.json',
  "s3api put-object-tagging --bucket BUCKET --key meta.csv --tagging 'TagSet=[{Key=capa,Valor=plata}]'",
  's3api put-object-tagging --bucket BUCKET --key meta.csv --tagging \'{"TagSet": }\'',
  's3api put-object-tagging --bucket BUCKET --key meta.csv --tagging \'{"TagSet": "capa"}\'',
  's3api copy-object --bucket BUCKET --key copia.csv --copy-source BUCKET/meta.csv --query CopyObjectResult.ETag',
  "s3api delete-objects --bucket BUCKET --delete 'Objects=[{Key=copia.csv},{Key=tampoco}],Quiet=true'",
  's3api put-bucket-lifecycle-configuration --bucket BUCKET --lifecycle-configuration \'{"Rules":[{"ID":"a","Status":"Enabled","Filter":{"Prefix":"raw/"},"Expiration":{"Days":30}}]}\'',
  's3api get-bucket-lifecycle-configuration --bucket BUCKET',
  's3api create-multipart-upload --bucket BUCKET --key partes.bin',
  's3api list-multipart-uploads --bucket BUCKET',
  's3api wait bucket-exists --bucket BUCKET',
  's3api wait object-exists --bucket BUCKET --key meta.csv',
  's3api wait object-exist --bucket BUCKET --key meta.csv',
  's3api wait',
  's3api list-object --bucket BUCKET',
  's3api list-objects-v2 --bucket BUCKET --max-keys muchas',
  's3api list-objects-v2 --bucket BUCKET --page-size muchas',
  's3api list-objects-v2 --bucket BUCKET --output xml',
  's3api list-objects-v2 --bucket',
  's3api head-bucket --bucket BUCKET --endpoint-url localhost:4566',
  's3api delete-bucket --generate-cli-skeleton',
  'sts decode-authorization-message --encoded-message x --generate-cli-skeleton output',
  'sts decode-authorization-message --generate-cli-skeleton output',
  's3api head-object --cli-input-json \'{"Bucket":"BUCKET","Key":"meta.csv"}\' --query ContentType',
  "s3api head-object --cli-input-json '{Bucket}'",
  's3api put-object-acl --bucket BUCKET --key meta.csv --acl public-read',
  'sts get-caller-identity',
  'sts get-caller-identity --query Account --output text',
  'sts get-caller-identity --output table',
  'sts assume-role --role-arn arn:aws:iam::000000000000:role/lector --role-session-name yo --query AssumedRoleUser.Arn',
  's3api create-bucket --bucket BUCKET-2 --region eu-west-1',
  's3 mb s3://BUCKET-3 --region eu-west-1',
  's3api get-bucket-location --bucket BUCKET-3',
  's3api create-bucket --bucket BUCKET-4 --create-bucket-configuration LocationConstraint=eu-south-2',
  's3 mb s3://BUCKET-5 --tags curso nube --tags capa oro',
  's3api list-buckets --query Buckets[0].BucketArn --max-items 1 --output text --prefix BUCKET',
  's3 ls --inventada',
  's3 ls s3://BUCKET/raw/ --no-sign-request',
  's3api put-object --bucket BUCKET --key expira --expires 2030-01-01T00:00:00Z --content-language es',
  's3api head-object --bucket BUCKET --key expira',
  's3api put-object --bucket BUCKET --key expira --expires mañana',
  's3api list-objects-v2 --bucket BUCKET --prefix data/ --start-after data/sub --query Contents[].Key',
  's3api get-object --bucket BUCKET --key expira',
  's3api get-object --bucket BUCKET --key expira uno dos',
  's3api get-object-attributes --bucket BUCKET --key grande.bin --object-attributes ETag ObjectSize ObjectParts',
  's3api get-bucket-policy --bucket BUCKET',
  's3api get-bucket-cors --bucket BUCKET',
  "s3api list-objects-v2 --bucket BUCKET --query 'sort_by(Contents,&Size)[-1].[Key,Size]'",
  's3api list-object-versions --bucket BUCKET --max-items 3 --query Versions[].Key --output text',
  's3 rm s3://BUCKET --recursive --include',
  's4 ls',
  '',
]

const cli =
  awsCliVersion === undefined
    ? 'the AWS CLI (version 1 is not installed here)'
    : `the AWS CLI ${awsCliVersion}`

describe.skipIf(awsCliVersion === undefined)(`s3, s3api and sts do as ${cli}`, () => {
  const workplaces = [makeWorkplace(), makeWorkplace()] as const
  let cloud: LocalCloud
  let aws: Side
  let awslocal: Side

  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0 })
    aws = { tool: startAwsCli(cloud.url), names: { BUCKET: 'cubo-del-cli' }, folder: workplaces[0].folder }
    awslocal = {
      tool: startAwslocal(cloud.url),
      names: { BUCKET: 'cubo-nuestro' },
      folder: workplaces[1].folder,
    }
  })

  afterAll(async () => {
    await aws.tool.stop()
    await cloud.close()
    for (const { remove } of workplaces) remove()
  })

  it.each(cases.map(given => (typeof given === 'string' ? { line: given } : given)))('$line', async given => {
    await expectSame(given, aws, awslocal)
  })
})
