import type { RequestHandler } from 'express';

const JSON_TYPE = 'application/json';
const ANSWERS = [JSON_TYPE, 'application/graphql-response+json'];

/**
 * Refuses requests whose body cannot be read or whose answer nobody wants to read (GraphQL over HTTP, "Accept" and
 * "Content-Type"). Apollo looks at Accept only after the operation, when a mutation has been done.
 */
export const graphqlMediaTypes: RequestHandler = (request, response, next) => {
  if (request.accepts(ANSWERS) === false) {
    const message = `Accept must allow ${ANSWERS.join(' or ')}.`;
    response.status(406).json({ errors: [{ message, extensions: { code: 'NOT_ACCEPTABLE' } }] });
    return;
  }
  // null without a body, which Apollo refuses in its own words.
  if (request.method === 'POST' && request.is(JSON_TYPE) === false) {
    const message = `The body of a POST must be ${JSON_TYPE}.`;
    const extensions = { code: 'UNSUPPORTED_MEDIA_TYPE' };
    response.status(415).json({ errors: [{ message, extensions }] });
    return;
  }
  next();
};
