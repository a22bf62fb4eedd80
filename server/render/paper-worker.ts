/** The worker behind paper-ballots.ts: takes what is to be printed, answers with the bytes of the PDF. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PaperBallots } from './paper-ballots.ts';
import { paperDocument } from './paper-document.ts';
import { writePdf } from './pdf.ts';

parentPort?.postMessage(await writePdf(paperDocument(workerData as PaperBallots)));
