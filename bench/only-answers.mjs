// A server that reads a request and answers 200: the ceiling of what the client of this benchmark can measure.
import { createServer } from 'node:http'

createServer((request, response) => {
  request.on('end', () => response.end())
  request.resume()
}).listen(Number(process.argv[2]), '127.0.0.1')
