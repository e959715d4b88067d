/** Files whose blobs were removed: each goes when nobody needs it any more. */
export interface Removals {
  /** Keeps a file for an answer that is sent from it; the result lets it go. */
  hold(name: string): () => void
  /** Removes a file as soon as that is safe. */
  remove(name: string): void
}

/** Removals that wait until no state on the disk names the file. */
export interface DurableRemovals extends Removals {
  /** A file was added; while no flush has begun since, no state on the disk can name it. */
  added(name: string): void
  /** A flush begins: it writes states that name none of the files removed so far. */
  flushBegins(): void
  /** That flush is on the disk. */
  flushEnded(): void
}

/** Removes files at once, or when the last answer from them has ended. */
export function createRemovals(unlink: (name: string) => void): Removals {
  const held = new Map<string, number>()
  const doomed = new Set<string>()
  const release = (name: string): void => {
    const count = (held.get(name) ?? 1) - 1
    if (count > 0) held.set(name, count)
    else held.delete(name)
    if (count === 0 && doomed.delete(name)) unlink(name)
  }
  return {
    hold: name => {
      held.set(name, (held.get(name) ?? 0) + 1)
      return () => release(name)
    },
    remove: name => {
      if (held.has(name)) doomed.add(name)
      else unlink(name)
    },
  }
}

/** Removes files only after a flush that began later than the removal: a crash must find what the states name. */
export function createDurableRemovals(unlink: (name: string) => void): DurableRemovals {
  const { hold, remove } = createRemovals(unlink)
  const unnamed = new Set<string>()
  const waiting = new Set<string>()
  const inFlush = new Set<string>()
  return {
    hold,
    remove: name => {
      if (unnamed.delete(name)) remove(name)
      else if (!inFlush.has(name)) waiting.add(name)
    },
    added: name => unnamed.add(name),
    flushBegins: () => {
      unnamed.clear()
      for (const name of waiting) inFlush.add(name)
      waiting.clear()
    },
    flushEnded: () => {
      for (const name of inFlush) remove(name)
      inFlush.clear()
    },
  }
}
