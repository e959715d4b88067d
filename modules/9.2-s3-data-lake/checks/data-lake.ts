import type { Exercise } from '../../../src/course/exercise.ts'
import { createsStructure, keepsBytes } from './data-lake/bronze.ts'
import { computesMetrics, groupsInOrder, takesParameters, typesGold } from './data-lake/gold.ts'
import { readsSilverBack } from './data-lake/gold-source.ts'
import { leavesNothingElse, runsProgram } from './data-lake/pipeline.ts'
import { namesMalformedLine, refusesOrEmpties } from './data-lake/silver-refusals.ts'
import { cleansNames, dropsMissing, readsQuotes, skipsBom, writesParquet } from './data-lake/silver-text.ts'
import { readsJson, typesDates, typesNumbers } from './data-lake/silver-types.ts'

/** 9.2.3: Bronce, Plata and Oro, from a dirty file to Parquet with types and to its metrics. */
export const dataLake: Exercise = {
  id: '9.2.3',
  slug: 'data-lake',
  title: 'Data lake: Bronce, Plata y Oro',
  learned:
    'Bronce se guarda tal cual, Plata se limpia y se tipa con reglas escritas, y Oro sale siempre de Plata: así se puede repetir todo.',
  inputs: ['datos/ventas_ejemplo.csv', 'datos/clientes.json'],
  checks: [
    createsStructure,
    keepsBytes,
    writesParquet,
    cleansNames,
    readsQuotes,
    skipsBom,
    dropsMissing,
    typesNumbers,
    typesDates,
    readsJson,
    namesMalformedLine,
    refusesOrEmpties,
    groupsInOrder,
    computesMetrics,
    takesParameters,
    typesGold,
    readsSilverBack,
    leavesNothingElse,
    runsProgram,
  ],
}
