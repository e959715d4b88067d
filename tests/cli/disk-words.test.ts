import { expect, test } from 'vitest'
import { wordDiskTrouble } from '../../src/cli/cloud-folder/disk-trouble.ts'
import { en } from '../../src/cli/messages/en.ts'
import { es } from '../../src/cli/messages/es.ts'
import { DiskError } from '../../src/cloud/disk.ts'
import { type DiskTrouble, TroubleTeller } from '../../src/cloud/persistence/trouble-teller.ts'

const folder = '/curso/.taller/nube'

test.each([
  ['ENOSPC', 'no queda espacio en el disco', 'no room is left on the disk'],
  ['EIO', 'el disco falla', 'the disk fails'],
  ['EXDEV', 'el disco responde EXDEV', 'the disk answers EXDEV'],
])(
  'a disk with %s is told once in the person’s language, and once that it is over',
  (code, spanish, english) => {
    const told: DiskTrouble[] = []
    const teller = new TroubleTeller(folder, trouble => told.push(trouble))
    const error = new DiskError(code, folder, undefined)
    teller.began(error, 'bodies')
    teller.began(error, 'changes')
    teller.isOver('changes')
    teller.isOver('changes')
    expect(told.map(trouble => wordDiskTrouble(trouble, es))).toEqual([
      `No se puede guardar en ${folder}: ${spanish}. Lo que cambie algo se contesta con un error.`,
    ])
    teller.isOver('bodies')
    expect(told.map(trouble => wordDiskTrouble(trouble, en))).toEqual([
      `Nothing can be kept in ${folder}: ${english}. What would change something is answered with an error.`,
      `${folder} can be written again: everything is on the disk.`,
    ])
  },
)
