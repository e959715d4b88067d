import { proveMisconceptions } from './prove-misconceptions.ts'

proveMisconceptions('9.3.2')
