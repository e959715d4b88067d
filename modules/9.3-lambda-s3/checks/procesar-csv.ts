import type { Exercise } from '../../../src/course/exercise.ts'
import {
  acceptsCapitals,
  changesTheEnd,
  decodesKeys,
  ignoresOthers,
  mirrorsFolders,
} from './procesar-csv/keys.ts'
import { streams } from './procesar-csv/memory.ts'
import {
  cleansAsSilver,
  processesEvery,
  repeatsItself,
  returnsOutcome,
  writesParquet,
} from './procesar-csv/pipeline.ts'
import { failsAsAWhole, handlesEmpty, raisesMalformed } from './procesar-csv/refusals.ts'

/** 9.3.2: a function that turns each CSV of `raw/` into Parquet, with less memory than the file. */
export const procesarCsv: Exercise = {
  id: '9.3.2',
  slug: 'procesar-csv',
  kind: 'function',
  title: 'De CSV a Parquet, en una función',
  learned:
    'Un evento dice dónde están los datos; una función que lee en streaming, falla en voz alta y repite sin duplicar puede con cualquier archivo.',
  checks: [
    writesParquet,
    returnsOutcome,
    mirrorsFolders,
    changesTheEnd,
    decodesKeys,
    processesEvery,
    acceptsCapitals,
    ignoresOthers,
    cleansAsSilver,
    handlesEmpty,
    raisesMalformed,
    failsAsAWhole,
    repeatsItself,
    streams,
  ],
}
