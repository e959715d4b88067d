import { proveMisconceptions } from './prove-misconceptions.ts'

proveMisconceptions('9.1.2')
