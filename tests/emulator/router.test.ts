import { Router } from "../../emulator/router";

it("routes by method and path, with any scope in front where a route has one", () => {
  const handle = () => ({ status: 200 });
  const router = new Router([
    { method: "GET", path: "/things/{name}", handle },
    { method: "GET", path: "/{+scope}/providers/Roles/{name}", handle },
  ]);
  expect(router.match("GET", "/THINGS/One")).toMatchObject({ parameters: { name: "One" } });
  expect(router.match("PUT", "/things/one")).toBeUndefined();
  expect(router.match("GET", "/things/one/two")).toBeUndefined();
  expect(router.match("GET", "/a/b/providers/roles/x")).toMatchObject({
    parameters: { scope: "/a/b", name: "x" },
  });
  expect(router.match("GET", "/providers/roles/x")).toMatchObject({ parameters: { scope: "", name: "x" } });
});
