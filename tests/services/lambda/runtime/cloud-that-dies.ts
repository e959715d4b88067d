// A cloud of its own, for a test that kills it: it runs a function that blocks and starts a program that leaves its group.
import { createWorkbench, deploymentOf } from './workbench.ts'

const bench = createWorkbench('open')
const deployment = deploymentOf(
  `import { spawn } from 'node:child_process'
   export const handler = async () => {
     const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' })
     console.log('pids', process.pid, child.pid, process.env.LAMBDA_TASK_ROOT)
     await new Promise(r => setTimeout(r, 50))
     for (;;);
   }`,
  { timeoutSeconds: 60 },
)
bench.invoke(deployment).catch(error => console.error(error))
setInterval(() => {
  const line = bench.messages().find(message => message.includes('pids'))
  if (line !== undefined) console.log(line)
}, 20)
