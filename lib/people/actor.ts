/** Who is asking: a signed-in person, proved by a live session in this very request. */
export type Actor = {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
};
