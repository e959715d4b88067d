import { CreateFunctionUrlConfigCommand } from '@aws-sdk/client-lambda'
import { expect, it } from 'vitest'
import { send, signed } from '../../cloud/signatures/raw-client.ts'
import { useLambda } from './lab.ts'

const lab = useLambda({ verifySignatures: true })

it('a URL with AWS_IAM takes what was signed for it, and nothing else', async () => {
  const FunctionName = await lab.newFunction()
  const created = await lab.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'AWS_IAM' }),
  )
  const id = new URL(created.FunctionUrl ?? '').hostname.split('.', 1)[0]
  const plain = { method: 'POST', target: `/_lambda-url/${id}/a`, headers: {}, body: Buffer.from('hola') }
  const good = signed(lab.cloud.url, plain, { service: 'lambda' })
  const answer = await send(lab.cloud.url, good)
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toMatchObject({ body: Buffer.from('hola').toString('base64') })
  const refused = [
    plain,
    { ...good, body: Buffer.from('Hola') },
    { ...good, target: `${plain.target}b` },
    signed(lab.cloud.url, plain, { service: 'lambda', secret: 'no' }),
    signed(lab.cloud.url, plain, { service: 's3' }),
  ]
  for (const request of refused) expect((await send(lab.cloud.url, request)).status).toBe(403)
})
