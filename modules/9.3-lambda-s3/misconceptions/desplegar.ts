import type { Misconception } from '../../../src/course/exercise.ts'

const exercise = '9.3.3'

const ZIP = "return zipSync({ 'index.js': [codigo, { mtime: new Date(1980, 0, 1) }] })"
const PERMIT = 'await permitir(lambda, despliegue, arn)'
const CONNECT = 'await conectar(s3, despliegue, arn)'
const OTHERS = 'LambdaFunctionConfigurations: [...ajenos, aviso]'
const UPDATE = 'await actualizarFuncion(lambda, despliegue, zip)'
const PERMIT_CATCH = `        SourceAccount: arn.split(':')[4],
      }),
    )
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error
  }`
const WAIT_BEFORE = `    await waitUntilFunctionActiveV2(esperar, { FunctionName: funcion })
    await waitUntilFunctionUpdatedV2(esperar, { FunctionName: funcion })
    try {`
const WAIT_AFTER = `  }
  await waitUntilFunctionUpdatedV2(esperar, { FunctionName: funcion })
  // #endregion`
const TURN_CATCH = 'if (!(error instanceof ResourceConflictException) || intento === intentos) throw error'

export const desplegarMisconceptions: readonly Misconception[] = [
  {
    id: 'sin-permiso',
    belief: 'Con el aviso del bucket basta: S3 ya puede llamar a mis funciones.',
    exercise,
    caughtBy: 'despliega',
    patch: [{ find: PERMIT, replace: '' }],
  },
  {
    id: 'aviso-antes-que-permiso',
    belief: 'El orden da igual: primero el aviso y luego el permiso.',
    exercise,
    caughtBy: 'despliega',
    patch: [
      { find: PERMIT, replace: 'await conectar(s3, despliegue, arn)' },
      { find: `  ${CONNECT}\n  console`, replace: '  await permitir(lambda, despliegue, arn)\n  console' },
    ],
  },
  {
    id: 'handler-en-carpeta',
    belief: 'El zip guarda mis carpetas: Lambda ya encontrará el archivo.',
    exercise,
    caughtBy: 'despliega',
    patch: [{ find: "'index.js': [codigo", replace: "'lambdas/procesar-csv/index.js': [codigo" }],
  },
  {
    id: 'sin-dependencias',
    belief: 'En Lambda están instalados los mismos paquetes que en mi máquina.',
    exercise,
    caughtBy: 'despliega',
    patch: [{ find: 'bundle: true,', replace: 'bundle: false,' }],
  },
  {
    id: 'sin-cuenta',
    belief: 'El ARN del bucket ya dice de quién es.',
    exercise,
    caughtBy: 'permiso',
    patch: [{ find: "        SourceAccount: arn.split(':')[4],\n", replace: '' }],
  },
  {
    id: 'sin-filtro',
    belief: 'El bucket avisa de todo, y la función ya mirará si le interesa.',
    exercise,
    caughtBy: 'aviso',
    patch: [
      {
        find: `    Filter: {
      Key: {
        FilterRules: [
          { Name: 'prefix', Value: 'raw/' },
          { Name: 'suffix', Value: '.csv' },
        ],
      },
    },
`,
        replace: '',
      },
    ],
  },
  {
    id: 'solo-put',
    belief: 'Un objeto siempre se crea con PutObject.',
    exercise,
    caughtBy: 'aviso',
    patch: [{ find: "Events: ['s3:ObjectCreated:*']", replace: "Events: ['s3:ObjectCreated:Put']" }],
  },
  {
    id: 'reemplaza-avisos',
    belief: 'PutBucketNotificationConfiguration añade un aviso a los que hay.',
    exercise,
    caughtBy: 'conserva',
    patch: [{ find: OTHERS, replace: 'LambdaFunctionConfigurations: [aviso]' }],
  },
  {
    id: 'permiso-al-azar',
    belief: 'Cada permiso necesita un identificador nuevo.',
    exercise,
    caughtBy: 'dos-veces',
    patch: [
      {
        find: `StatementId: \`s3-\${bucket.replaceAll('.', '-')}\``,
        replace: `StatementId: \`s3-\${Date.now()}\``,
      },
    ],
  },
  {
    id: 'zip-con-fecha',
    belief: 'Un zip del mismo código es siempre el mismo zip.',
    exercise,
    caughtBy: 'reproducible',
    patch: [{ find: ZIP, replace: "return zipSync({ 'index.js': codigo })" }],
  },
  {
    id: 'codigo-viejo',
    belief: 'Si la función ya existe, no hay nada más que hacer.',
    exercise,
    caughtBy: 'codigo-nuevo',
    patch: [{ find: UPDATE, replace: '' }],
  },
  {
    id: 'solo-codigo',
    belief: 'Actualizar una función es cambiar su código.',
    exercise,
    caughtBy: 'codigo-nuevo',
    patch: [{ find: 'FunctionName, Role, ...CONFIGURACION }', replace: 'FunctionName, ...CONFIGURACION }' }],
  },
  {
    id: 'espera-fija',
    belief: 'Con esperar un segundo, el cambio ya habrá terminado.',
    exercise,
    caughtBy: 'espera',
    patch: [
      { find: WAIT_BEFORE, replace: '    await new Promise(seguir => setTimeout(seguir, 1000))\n    try {' },
      { find: WAIT_AFTER, replace: '  }\n  // #endregion' },
      { find: TURN_CATCH, replace: 'throw error' },
    ],
  },
  {
    id: 'catch-para-todo',
    belief: 'Si AddPermission falla es que el permiso ya estaba.',
    exercise,
    caughtBy: 'errores',
    patch: [
      {
        find: PERMIT_CATCH,
        replace: `        SourceAccount: arn.split(':')[4],
      }),
    )
  } catch {
    console.log('ya estaba')
  }`,
      },
    ],
  },
]
