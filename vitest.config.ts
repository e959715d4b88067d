import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', './tests/closing-line-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Every cloud of a test then has a data folder, and must be found in it as it was when it closes.
    setupFiles: process.env.TALLER_TEST_PERSISTENCE === '1' ? ['./tests/proof/every-cloud-recovers.ts'] : [],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    coverage: { include: ['src/**'] },
  },
})
