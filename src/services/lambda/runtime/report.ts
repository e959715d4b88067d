import { createHash } from 'node:crypto'
import type { Deployment } from './runtime.ts'

/** How a phase or a call ended, in AWS's words. */
export type CallStatus = 'success' | 'error' | 'timeout'

/** Figures of a call. */
export interface CallReport {
  readonly requestId: string
  readonly durationMilliseconds: number
  /** Set for the first call of an environment. */
  readonly initMilliseconds: number | undefined
  readonly maximumMegabytes: number
  readonly status: CallStatus
  readonly errorType: string | undefined
}

/** Figures of an initialization that failed. */
export interface InitReport {
  readonly phase: 'init' | 'invoke'
  readonly durationMilliseconds: number
  readonly status: CallStatus
  readonly errorType: string | undefined
}

/** The lines that the platform itself writes about a function's environment; `undefined` where its level is not kept. */
export interface SystemLines {
  initStart(): string | undefined
  initReport(report: InitReport): string | undefined
  start(requestId: string): string | undefined
  end(requestId: string): string | undefined
  report(report: CallReport): string | undefined
}

/** The system lines of a function, as text or as JSON. */
export function createSystemLines(deployment: Deployment, now: () => number): SystemLines {
  return deployment.logging.format === 'JSON' ? jsonLines(deployment, now) : textLines(deployment)
}

function textLines(deployment: Deployment): SystemLines {
  const { version, region, memoryMegabytes } = deployment
  const runtime = runtimeVersion(deployment)
  return {
    initStart: () =>
      `INIT_START Runtime Version: ${runtime.name}\tRuntime Version ARN: arn:aws:lambda:${region}::runtime:${runtime.hash}`,
    initReport: ({ phase, durationMilliseconds, status, errorType }) =>
      `INIT_REPORT Init Duration: ${durationMilliseconds.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}` +
      (errorType === undefined ? '' : `\tError Type: ${errorType}`),
    start: requestId => `START RequestId: ${requestId} Version: ${version}`,
    end: requestId => `END RequestId: ${requestId}`,
    report: report =>
      [
        `REPORT RequestId: ${report.requestId}`,
        `Duration: ${report.durationMilliseconds.toFixed(2)} ms`,
        `Billed Duration: ${billedMilliseconds(report)} ms`,
        `Memory Size: ${memoryMegabytes} MB`,
        `Max Memory Used: ${report.maximumMegabytes} MB`,
        ...(report.initMilliseconds === undefined
          ? []
          : [`Init Duration: ${report.initMilliseconds.toFixed(2)} ms`]),
        ...(report.status === 'success' ? [] : [`Status: ${report.status}`]),
        ...(report.errorType === undefined ? [] : [`Error Type: ${report.errorType}`]),
        '',
      ].join('\t'),
  }
}

const systemLevels = ['DEBUG', 'INFO', 'WARN'] as const

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
function jsonLines(deployment: Deployment, now: () => number): SystemLines {
  const { version, functionName, memoryMegabytes, logging, region } = deployment
  const lowest = systemLevels.indexOf(logging.systemLevel ?? 'INFO')
  const line = (
    level: (typeof systemLevels)[number],
    type: string,
    record: Readonly<Record<string, unknown>>,
  ): string | undefined =>
    systemLevels.indexOf(level) < lowest
      ? undefined
      : JSON.stringify({ time: new Date(now()).toISOString(), type: `platform.${type}`, record })
  const runtime = runtimeVersion(deployment)
  return {
    initStart: () =>
      line('INFO', 'initStart', {
        initializationType: 'on-demand',
        phase: 'init',
        runtimeVersion: runtime.name,
        runtimeVersionArn: `arn:aws:lambda:${region}::runtime:${runtime.hash}`,
        functionName,
        functionVersion: version,
      }),
    initReport: ({ phase, durationMilliseconds, status, errorType }) =>
      line('WARN', 'initReport', {
        initializationType: 'on-demand',
        phase,
        status,
        ...(errorType !== undefined && { errorType }),
        metrics: { durationMs: round(durationMilliseconds) },
      }),
    start: requestId => line('INFO', 'start', { requestId, version }),
    end: () => undefined,
    report: report =>
      line(report.status === 'success' ? 'INFO' : 'WARN', 'report', {
        requestId: report.requestId,
        metrics: {
          durationMs: round(report.durationMilliseconds),
          billedDurationMs: billedMilliseconds(report),
          memorySizeMB: memoryMegabytes,
          maxMemoryUsedMB: report.maximumMegabytes,
          ...(report.initMilliseconds !== undefined && { initDurationMs: round(report.initMilliseconds) }),
        },
        status: report.status,
        ...(report.errorType !== undefined && { errorType: report.errorType }),
      }),
  }
}

/** Since August 2025 the initialization is billed as well. */
function billedMilliseconds({ durationMilliseconds, initMilliseconds = 0 }: CallReport): number {
  return Math.ceil(round(durationMilliseconds + initMilliseconds))
}

function round(milliseconds: number): number {
  return Number(milliseconds.toFixed(3))
}

/** The version that runs is this machine's, and says so. */
function runtimeVersion({ runtime }: Deployment): { readonly name: string; readonly hash: string } {
  const name = runtime.startsWith('nodejs') ? `nodejs:${process.versions.node}` : runtime
  return { name, hash: createHash('sha256').update(`${runtime} ${name}`).digest('hex') }
}
