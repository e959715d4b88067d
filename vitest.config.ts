import { defineConfig } from 'vitest/config'

/** With it each cloud of a test has a data folder, and must be found in it as it was when it closes. */
const proof = './tests/proof/every-cloud-recovers.ts'

/** Tests that always run so as well, some of each service; `TALLER_TEST_PERSISTENCE=1` has every test run so. */
const proved = [
  'tests/cloud/open-services.test.ts',
  'tests/services/iam/{roles,users,policies}.test.ts',
  'tests/services/lambda/asynchronous/*.test.ts',
  'tests/services/lambda/operations/*.test.ts',
  'tests/services/logs/{groups,streams,retention,subscriptions}.test.ts',
  'tests/services/s3/lifecycle/*.test.ts',
  'tests/services/s3/multipart/*.test.ts',
  'tests/services/s3/operations/*.test.ts',
  'tests/services/sts/*.test.ts',
]

const isProvedWhole = process.env.TALLER_TEST_PERSISTENCE === '1'

export default defineConfig({
  test: {
    reporters: ['default', './tests/closing-line-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    coverage: { include: ['src/**'] },
    projects: [
      {
        extends: true,
        test: { name: 'tests', include: ['tests/**/*.test.ts'], setupFiles: isProvedWhole ? [proof] : [] },
      },
      ...(isProvedWhole
        ? []
        : [{ extends: true as const, test: { name: 'recovered', include: proved, setupFiles: [proof] } }]),
    ],
  },
})
