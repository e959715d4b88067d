import { unlink } from 'node:fs/promises'
import type { Terminal } from '../terminal.ts'
import { copyObject } from './copy.ts'
import { downloadFile } from './download.ts'
import type { Item } from './item.ts'
import type { RequestInputs } from './request-inputs.ts'
import type { S3Api } from './s3-api.ts'
import { uploadFile } from './upload.ts'
import { splitUri } from './uri.ts'

/** What every transfer of one command shares. */
export interface Transfer {
  readonly api: S3Api
  readonly inputs: RequestInputs
  readonly terminal: Terminal
  /** Files get the content type that their name suggests. */
  readonly guessesType: boolean
  /** The source goes away once it has arrived. */
  readonly isMove: boolean
  /** Hears of bytes as they travel. */
  readonly onBytes: (bytes: number) => void
}

/** Does what an item asks for. */
export async function transferItem(item: Item, transfer: Transfer): Promise<void> {
  if (item.kind === 'delete') return removeSource(item, transfer)
  if (item.kind === 'upload') await uploadFile(item, transfer)
  else if (item.kind === 'download') await downloadFile(item, transfer)
  else await copyObject(item, transfer)
  if (transfer.isMove) await removeSource(item, transfer)
}

async function removeSource(item: Item, { api, inputs }: Transfer): Promise<void> {
  if (item.sourceType === 'local') return unlink(item.path)
  const { bucket, key } = splitUri(item.path)
  await api.call('DeleteObject', { Bucket: bucket, Key: key, ...inputs.delete })
}
