import { runAwslocal } from '../awslocal/main.ts'

process.exitCode = await runAwslocal({
  words: process.argv.slice(2),
  terminal: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env },
})
