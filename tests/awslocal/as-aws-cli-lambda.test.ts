import type { Case } from './running/compare.ts'
import { describeAlike } from './running/describe-alike.ts'
import { missingMoto, startMoto } from './running/moto.ts'
import { startOurs } from './running/ours.ts'

const role = 'arn:aws:iam::ACCOUNT:role/FUNCTION'
const create = `lambda create-function --function-name FUNCTION --runtime nodejs20.x --handler index.handler --role ${role}`

/** Commands of Lambda, in order; the role is made first, since this server looks whether it is there. */
const cases: readonly (string | Case)[] = [
  'lambda list-functions --max-items 1 --no-paginate',
  'iam create-role --role-name FUNCTION --assume-role-policy-document file://confianza.json --query Role.Arn',
  `${create} --zip-file fileb://funcion.zip --timeout 60 --memory-size 256 --environment Variables={A=b,C=d} --tags curso=nube`,
  `${create} --zip-file fileb://funcion.zip`,
  `${create} --zip-file fileb://no-esta.zip`,
  `${create} --zip-file fileb://suelto`,
  `${create} --zip-file file://funcion.zip`,
  `${create} --zip-file funcion.zip`,
  `${create} --zip-file`,
  `${create} --zip-file fileb://datos`,
  `${create} --code ZipFile=x`,
  `${create} --code S3Bucket=no-hay,S3Key=f.zip`,
  `${create} --zip-file fileb://funcion.zip --timeout 0 --memory-size 64`,
  `${create} --zip-file fileb://funcion.zip --timeout un-minuto`,
  `${create} --zip-file fileb://funcion.zip --environment A=b`,
  `${create} --zip-file fileb://funcion.zip --environment '{"Variables": {"A": 1}}'`,
  `${create} --zip-file fileb://funcion.zip --architectures riscv --package-type`,
  'lambda create-function --runtime nodejs20.x',
  "lambda create-function --function-name '' --runtime nodejs20.x --role r --handler h --zip-file fileb://funcion.zip",
  'lambda wait function-exists --function-name FUNCTION',
  'lambda wait function-active --function-name FUNCTION',
  'lambda wait function-active-v2 --function-name FUNCTION',
  'lambda wait function-updated --function-name FUNCTION',
  'lambda wait function-updated-v2 --function-name FUNCTION',
  'lambda wait function-nunca --function-name FUNCTION',
  'lambda wait function-exists --function-name',
  'lambda list-functions --query Functions[?FunctionName==`FUNCTION`].[Handler,Timeout,MemorySize,Environment]',
  'lambda get-function --function-name FUNCTION --query Configuration',
  'lambda get-function --function-name FUNCTION --query [Tags,Code.RepositoryType]',
  'lambda get-function --function-name no-esta',
  'lambda get-function-configuration --function-name FUNCTION --output table --query [FunctionName,State]',
  'lambda update-function-code --function-name FUNCTION --zip-file fileb://funcion.zip',
  'lambda update-function-code --function-name FUNCTION --zip-file fileb://suelto',
  'lambda update-function-code --function-name FUNCTION --zip-file fileb://no-esta.zip',
  'lambda update-function-code --function-name FUNCTION --zip-file fileb://funcion.zip --no-publish --dry-run',
  'lambda update-function-configuration --function-name FUNCTION --timeout 10 --environment Variables={CUBO=datos,URL=http://localhost:4566}',
  `lambda update-function-configuration --function-name FUNCTION --environment '{"Variables":{"A":"con espacios"}}' --query Environment`,
  'lambda add-permission --function-name FUNCTION --statement-id s3-trigger --action lambda:InvokeFunction --principal s3.amazonaws.com --source-arn arn:aws:s3:::datalake-curso --source-account ACCOUNT',
  'lambda add-permission --function-name FUNCTION --statement-id s3-trigger',
  'lambda get-policy --function-name FUNCTION --query length(Policy)',
  'lambda remove-permission --function-name FUNCTION --statement-id s3-trigger',
  { line: 'lambda invoke --function-name FUNCTION --payload {} salida.json', leaves: 'salida.json' },
  {
    line: `lambda invoke --function-name FUNCTION --payload '{"nombre": "ñ"}' salida.json`,
    leaves: 'salida.json',
  },
  {
    line: 'lambda invoke --function-name FUNCTION salida.json --payload file://datos/clientes.json',
    leaves: 'salida.json',
  },
  {
    line: 'lambda invoke --function-name FUNCTION --payload fileb://datos/clientes.json --log-type Tail salida.json',
    leaves: 'salida.json',
  },
  'lambda invoke --function-name FUNCTION --log-type Tail salida.json --query type(LogResult) --output text',
  'lambda invoke --function-name FUNCTION --invocation-type Event salida.json',
  'lambda invoke --function-name FUNCTION --invocation-type DryRun salida.json',
  'lambda invoke --function-name FUNCTION --client-context e30= --qualifier $LATEST salida.json',
  'lambda invoke --function-name FUNCTION salida.json --output table',
  'lambda invoke --function-name FUNCTION no/hay/carpeta/salida.json',
  'lambda invoke --function-name no-esta --payload {} salida.json',
  'lambda invoke --function-name FUNCTION --payload file://no-esta.json salida.json',
  'lambda invoke --function-name FUNCTION',
  'lambda invoke salida.json',
  'lambda invoke --function-name FUNCTION uno.json dos.json',
  'lambda invoke-with-response-stream --function-name FUNCTION salida.json',
  'lambda publish-version --function-name FUNCTION --description primera',
  'lambda publish-version --function-name FUNCTION --code-sha-256 abc --code-sha256 def',
  'lambda list-versions-by-function --function-name FUNCTION --query Versions[].Version',
  'lambda create-alias --function-name FUNCTION --name vivo --function-version 1 --routing-config AdditionalVersionWeights={2=0.1}',
  'lambda create-alias --function-name FUNCTION --name vivo --function-version 1',
  'lambda put-function-concurrency --function-name FUNCTION --reserved-concurrent-executions 5',
  'lambda put-function-concurrency --function-name FUNCTION --reserved-concurrent-executions muchas',
  'lambda put-function-event-invoke-config --function-name FUNCTION --maximum-retry-attempts 0 --maximum-event-age-in-seconds 59',
  `lambda put-function-event-invoke-config --function-name FUNCTION --maximum-retry-attempts 1 --destination-config '{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:ACCOUNT:cola"}}'`,
  'lambda create-function-url-config --function-name FUNCTION --auth-type NONE --cors AllowOrigins=*,AllowMethods=GET,POST --query AuthType',
  'lambda publish-layer-version --layer-name FUNCTION --zip-file fileb://funcion.zip --compatible-runtimes nodejs20.x nodejs22.x --query [Version,CompatibleRuntimes]',
  'lambda list-event-source-mappings --output text',
  's3api create-bucket --bucket FUNCTION',
  `s3api put-bucket-notification-configuration --bucket FUNCTION --notification-configuration '{
        "LambdaFunctionConfigurations": [{
            "LambdaFunctionArn": "arn:aws:lambda:us-east-1:ACCOUNT:function:FUNCTION",
            "Events": ["s3:ObjectCreated:*"],
            "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "raw/"}, {"Name": "suffix", "Value": ".csv"}]}}
        }]
    }'`,
  's3api get-bucket-notification-configuration --bucket FUNCTION --query LambdaFunctionConfigurations[].[LambdaFunctionArn,Events,Filter]',
  's3api put-bucket-notification-configuration --bucket FUNCTION --notification-configuration LambdaFunctionConfigurations=[{LambdaFunctionArn=a,Events=[s3:ObjectCreated:*]}],Otra=1',
  `s3api put-bucket-notification-configuration --bucket FUNCTION --notification-configuration '{"LambdaFunctionConfigurations": [{"Events": "s3:ObjectCreated:*"}]}'`,
  `s3api put-bucket-notification-configuration --bucket FUNCTION --notification-configuration '{"LambdaFunctionConfigurations": [{]}'`,
  's3api put-bucket-notification-configuration --bucket FUNCTION --notification-configuration file://no-esta.json',
  'lambda list-tags --resource arn:aws:lambda:us-east-1:ACCOUNT:function:FUNCTION',
  'lambda delete-function --function-name FUNCTION',
  'lambda delete-function --function-name FUNCTION',
]

describeAlike('lambda of another cloud', {
  cases,
  names: [
    { FUNCTION: 'procesar-cli', ACCOUNT: '123456789012' },
    { FUNCTION: 'procesar-our', ACCOUNT: '123456789012' },
  ],
  startServer: startMoto,
  missing: missingMoto,
})

describeAlike('lambda of ours', {
  cases,
  names: [
    { FUNCTION: 'procesar-cli', ACCOUNT: '000000000000' },
    { FUNCTION: 'procesar-our', ACCOUNT: '000000000000' },
  ],
  startServer: startOurs,
})
