import { expect, test } from 'vitest'
import { en } from '../../src/cli/messages/en.ts'
import { es } from '../../src/cli/messages/es.ts'
import { DiskError } from '../../src/cloud/disk.ts'
import { TroubleTeller } from '../../src/cloud/persistence/trouble-teller.ts'

test.each([
  ['ENOSPC', 'no queda espacio en el disco', 'no room is left on the disk'],
  ['EIO', 'el disco falla', 'the disk does not take it'],
])(
  'a disk with %s is told once in the person’s language, and once that it is over',
  (code, spanish, english) => {
    const told: string[] = []
    const teller = new TroubleTeller('/curso/.taller/nube', message => told.push(message))
    const error = new DiskError(code, '/curso/.taller/nube', undefined)
    teller.began(error, 'bodies')
    teller.began(error, 'changes')
    teller.isOver('changes')
    teller.isOver('changes')
    expect(told.map(es.cloud.diskTrouble)).toEqual([
      `No se puede guardar en /curso/.taller/nube: ${spanish}. Lo que cambie algo se contesta con un error.`,
    ])
    teller.isOver('bodies')
    expect(told.map(en.cloud.diskTrouble)).toEqual([
      `Nothing can be kept in /curso/.taller/nube: ${english}. What would change something is answered with an error.`,
      '/curso/.taller/nube can be written again: everything is on the disk.',
    ])
  },
)
