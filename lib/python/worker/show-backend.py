"""Matplotlib's way out: `plt.show()` hands every open figure over as a picture, and closes it, as a notebook does."""

import _loupe
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase, _Backend
from matplotlib.backends.backend_agg import FigureCanvasAgg


@_Backend.export
class _BackendShow(_Backend):
    FigureCanvas = FigureCanvasAgg
    FigureManager = FigureManagerBase

    @classmethod
    def show(cls, *_args, **_named):
        for manager in Gcf.get_all_fig_managers():
            canvas = manager.canvas
            canvas.draw()
            width, height = canvas.get_width_height(physical=True)
            _loupe.show(width, height, canvas.buffer_rgba())
        Gcf.destroy_all()
