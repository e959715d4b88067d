/** Holds the arrows of docs/arquitectura.md. tests/house/layers.test.ts plants a violation of each to see that it bites. */
const onlyTo = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: '^src/', pathNot: [`^src/${from}`, ...allowed.map(path => `^src/${path}`)] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|modules)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    onlyTo('core-imports-nothing', 'core/', []),
    onlyTo('wire-imports-core', 'wire/', ['core/']),
    onlyTo('cloud-imports-core-and-wire', 'cloud/', ['core/', 'wire/']),
    {
      name: 'services-import-core-and-cloud',
      severity: 'error',
      from: { path: '^src/services/' },
      to: {
        path: '^src/',
        pathNot: ['^src/services/', '^src/core/', '^src/cloud/', '^src/wire/(body|model|http)\\.ts$'],
      },
    },
    {
      name: 'services-do-not-meet',
      severity: 'error',
      from: { path: '^src/services/([^/]+)/' },
      to: { path: '^src/services/', pathNot: '^src/services/$1/' },
    },
    {
      name: 'services-only-by-their-table',
      severity: 'error',
      from: { path: '^(src|modules)/', pathNot: '^src/services/' },
      to: { path: '^src/services/', pathNot: '^src/services/[^/]+/index\\.ts$' },
    },
    onlyTo('awslocal-imports-core', 'awslocal/', ['core/']),
    onlyTo('course-imports-core', 'course/', ['core/']),
    {
      name: 'modules-import-course-and-core',
      severity: 'error',
      from: { path: '^modules/' },
      to: { path: '^(src|solutions|exercises|lambdas)/', pathNot: '^src/(course|core)/' },
    },
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      from: { path: '^(src|modules)/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'only-the-composition-root-imports-cloud-and-services',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cloud|services|cli)/|^src/local-cloud\\.ts$' },
      to: { path: '^src/(cloud|services)/' },
    },
    {
      name: 'no-students-files',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(exercises|solutions|lambdas)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js'] },
  },
}
