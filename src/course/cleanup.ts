const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const tasks = new Set<() => void>()

/**
 * Registers what must be undone however this process ends (also on Ctrl-C); tasks run last first and must be
 * synchronous.
 * @returns a function that takes the task back, for when it was done in time.
 */
export function cleanUpAtExit(task: () => void): () => void {
  if (tasks.size === 0) listen()
  tasks.add(task)
  return () => {
    if (tasks.delete(task) && tasks.size === 0) stopListening()
  }
}

function listen(): void {
  process.on('exit', runTasks)
  for (const signal of signals) process.on(signal, onSignal)
}

function stopListening(): void {
  process.off('exit', runTasks)
  for (const signal of signals) process.off(signal, onSignal)
}

function runTasks(): void {
  for (const task of [...tasks].reverse()) task()
  tasks.clear()
}

/** A command with a handler of its own ends by itself; without one, the signal does what it would have done. */
function onSignal(signal: NodeJS.Signals): void {
  runTasks()
  stopListening()
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}
