#!/usr/bin/env node
import { loadBuilt } from './load-built.mjs'

await loadBuilt('awslocal.mjs')
