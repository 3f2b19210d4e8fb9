// A tab that was open while the server got a new front end asks for a part that is gone. The page names the new parts,
// so it is loaded again; at most once a minute, lest a part that is really missing keep the tab reloading for ever.
const fetch = async (url) => {
  const response = await globalThis.fetch(url);
  const key = "part-missing-at";
  if (response.status === 404 && Date.now() - Number(sessionStorage.getItem(key)) > 60_000) {
    sessionStorage.setItem(key, String(Date.now()));
    location.reload();
    await new Promise(() => {});
  }
  return response;
};
