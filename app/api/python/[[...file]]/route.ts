/** Where Python's real libraries are, and where the operator has them in a folder, they themselves. lib/server/python-libraries.ts has the rules. */
import { answerLibraries, readPyodide } from '@/lib/server/python-libraries';

export const dynamic = 'force-dynamic';

export async function GET(_request: Request, { params }: { params: Promise<{ file?: string[] }> }): Promise<Response> {
  const { file = [] } = await params;
  return answerLibraries(readPyodide(process.env), file);
}
