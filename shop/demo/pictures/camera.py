"""Where the picture is seen from."""

from dataclasses import dataclass

import numpy as np

F = np.float32


@dataclass(frozen=True)
class Camera:
    """A long lens looking down by `pitch` degrees; `focal` and the centre are in pixels."""

    place: np.ndarray
    pitch: float
    focal: float
    centre: tuple[float, float]

    @property
    def forward(self) -> np.ndarray:
        p = np.radians(self.pitch)
        return np.array([0, -np.sin(p), -np.cos(p)], F)

    @property
    def up(self) -> np.ndarray:
        p = np.radians(self.pitch)
        return np.array([0, np.cos(p), -np.sin(p)], F)

    def project(self, points: np.ndarray) -> np.ndarray:
        """Screen x, screen y and depth of points (n, 3)."""
        seen = points - self.place
        depth = seen @ self.forward
        scale = F(self.focal) / np.maximum(depth, F(1e-3))
        x = F(self.centre[0]) + seen[:, 0] * scale
        y = F(self.centre[1]) - (seen @ self.up) * scale
        return np.stack([x, y, depth], 1).astype(F)

    def rays(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Directions through screen points (not normalised)."""
        a, b = (x - self.centre[0]) / self.focal, (self.centre[1] - y) / self.focal
        a, b = np.broadcast_arrays(a, b)
        right = np.array([1, 0, 0], F)
        return (self.forward + a[..., None] * right + b[..., None] * self.up).astype(F)

    def magnified(self, factor: float) -> "Camera":
        """The same view on a larger (or smaller) plate."""
        return Camera(self.place, self.pitch, self.focal * factor, (self.centre[0] * factor, self.centre[1] * factor))


def fitted(
    points: np.ndarray,
    pitch: float,
    size: tuple[int, int],
    box: tuple[float, float] = (0.64, 0.6),
    at: tuple[float, float] = (0.5, 0.55),
    lens: float = 4.2,
) -> Camera:
    """A camera that sees the points fill `box` of the frame, centred `at`."""
    low, high = points.min(0), points.max(0)
    middle = (low + high) / 2
    reach = max(float(np.linalg.norm(high - low)) / 2, 1e-3)
    camera = Camera(middle, pitch, 1000.0, (0.0, 0.0))
    camera = Camera(middle - camera.forward * reach * 2 * lens, pitch, 1000.0, (0.0, 0.0))
    seen = camera.project(points)[:, :2]
    (x0, y0), (x1, y1) = seen.min(0), seen.max(0)
    zoom = min(size[0] * box[0] / max(x1 - x0, 1e-3), size[1] * box[1] / max(y1 - y0, 1e-3))
    centre = (size[0] * at[0] - zoom * (x0 + x1) / 2, size[1] * at[1] - zoom * (y0 + y1) / 2)
    return Camera(camera.place, pitch, 1000.0 * float(zoom), (float(centre[0]), float(centre[1])))
