import { runAwslocal } from '../awslocal/main.ts'
import { openEvidence } from './evidence/open-evidence.ts'

process.exitCode = await runAwslocal({
  words: process.argv.slice(2),
  terminal: {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    onInterrupt: listener => {
      // Once: a second Ctrl-C ends the process whatever it is doing.
      process.once('SIGINT', listener)
      return () => process.off('SIGINT', listener)
    },
  },
  openEvidence: () => openEvidence(process.cwd()),
})
