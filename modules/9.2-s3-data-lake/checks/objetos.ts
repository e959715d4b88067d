import type { Exercise } from '../../../src/course/exercise.ts'
import { createsBucket, createsInRegion, reportsRealErrors, toleratesOwnBucket } from './objetos/bucket.ts'
import { downloadsSameBytes, leavesNoFile } from './objetos/descargar.ts'
import { listsEmptyFolder, listsEveryPage, listsOnlyItsFolder } from './objetos/listar.ts'
import {
  comparesContent,
  ignoresDates,
  looksAtEveryPage,
  recognisesOthersObjects,
  uploadsOnce,
} from './objetos/sincronizar/skip.ts'
import { deletesNothing, understandsPrefix, uploadsWholeFolder } from './objetos/sincronizar/upload.ts'
import { uploadsInParts, uploadsSameBytes } from './objetos/subir.ts'

/** 9.2.1: buckets, objects, listings over pages, and a folder kept in step by content. */
export const objetos: Exercise = {
  id: '9.2.1',
  slug: 'objetos',
  title: 'Objetos: subir, listar, descargar y sincronizar',
  learned:
    'Un bucket es plano y responde por páginas; los bytes se mueven como streams y se comparan por su contenido.',
  checks: [
    createsBucket,
    createsInRegion,
    toleratesOwnBucket,
    reportsRealErrors,
    uploadsSameBytes,
    uploadsInParts,
    listsOnlyItsFolder,
    listsEmptyFolder,
    listsEveryPage,
    downloadsSameBytes,
    leavesNoFile,
    uploadsWholeFolder,
    understandsPrefix,
    uploadsOnce,
    comparesContent,
    ignoresDates,
    recognisesOthersObjects,
    looksAtEveryPage,
    deletesNothing,
  ],
}
