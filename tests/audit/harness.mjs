// Gives the last line that verify.mjs prints for each list of arguments on the standard input.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { main } = await import(pathToFileURL(process.argv[2]).href);
const answers = JSON.parse(readFileSync(0, 'utf8')).map((argv) => {
  let last = '';
  const exit = main(argv, (line) => {
    last = line;
  });
  return [exit, last];
});
console.log(JSON.stringify(answers));
