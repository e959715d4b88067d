#!/usr/bin/env node
import { loadBuilt } from './load-built.mjs'

await loadBuilt('main.mjs')
