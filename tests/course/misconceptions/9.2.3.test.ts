import { proveMisconceptions } from './prove-misconceptions.ts'

proveMisconceptions('9.2.3')
