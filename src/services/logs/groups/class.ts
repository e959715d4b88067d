import type { LogGroupClass } from '../state.ts'
import { checkChoice } from '../validation.ts'

/** Every class that AWS has. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html */
const classes = ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY', 'ESSENTIALS']

/** AWS's complaints about a class that it does not have. */
export function checkClass(value: string | undefined): string[] {
  return checkChoice('logGroupClass', value, classes)
}

/** Whether this cloud keeps groups of a class. */
export function isKeptClass(value: string): value is LogGroupClass {
  return value === 'STANDARD' || value === 'INFREQUENT_ACCESS'
}

/** Whether a listing of a class shows groups of another; Infrequent Access and Essentials show each other's. */
export function isListedClass(listed: string | undefined, own: LogGroupClass): boolean {
  return listed === undefined || (listed === 'ESSENTIALS' ? 'INFREQUENT_ACCESS' : listed) === own
}
