/** `Dockerfile`: nginx with the site in it. */
import { CONFIGURATION_FOLDER, type HostFile, type Serving } from './serving.ts';

/** Nothing is fetched for it but the image. */
export function dockerFile({ base }: Serving): HostFile {
  const text = `# In the folder of the site:
#   docker build --file ${CONFIGURATION_FOLDER}/Dockerfile --tag book .
#   docker run --publish 8080:80 book      →  http://localhost:8080${base}
FROM nginx:stable-alpine
COPY ${CONFIGURATION_FOLDER}/nginx.conf /etc/nginx/conf.d/default.conf
COPY . /srv/www${base}
`;
  return { path: `${CONFIGURATION_FOLDER}/Dockerfile`, text };
}
